using Lantai.Containers;

namespace Lantai.Characterization.Packages;

/// <summary>
/// XML on its way to a reader, watched for tags of unreasonable length: a reader holds every attribute of an element at
/// once, twenty times as large as its bytes, so one tag could fill the memory that the length of the part seems to bound.
/// </summary>
/// <remarks>Ends early where a tag is too long. Letters that matter here are one byte in every encoding but UTF-16, whose zeros are passed over.</remarks>
internal sealed class TagLengthStream(Stream xml) : ForwardStream
{
    private const int MostBytes = 1 << 20;

    private State _state;
    private byte _quote;
    private byte _last;
    private byte _beforeLast;
    private int _length;

    private enum State
    {
        Text,
        Begun,
        Tag,
        Declared,
        Comment,
        Characters,
        Instruction,
    }

    /// <summary>Whether a tag was too long.</summary>
    public bool IsTooLong { get; private set; }

    public override int Read(Span<byte> buffer)
    {
        var count = IsTooLong ? 0 : xml.Read(buffer);
        foreach (var letter in buffer[..count])
        {
            if (letter != 0)
            {
                Step(letter);
                (_beforeLast, _last) = (_last, letter);
            }
        }

        return IsTooLong ? 0 : count;
    }

    private void Step(byte letter)
    {
        switch (_state)
        {
            case State.Text:
                _state = letter == '<' ? State.Begun : State.Text;
                break;
            case State.Begun:
                _state = letter switch { (byte)'!' => State.Declared, (byte)'?' => State.Instruction, (byte)'>' => State.Text, _ => State.Tag };
                (_length, _quote) = (0, 0);
                break;
            case State.Tag:
                StepInTag(letter);
                break;
            case State.Declared:
                _state = letter switch
                {
                    (byte)'-' when _last == '-' => State.Comment, (byte)'[' when _last == 'A' => State.Characters, (byte)'>' => State.Text, _ => State.Declared,
                };
                break;
            default:
                EndOf(letter);
                break;
        }
    }

    private void StepInTag(byte letter)
    {
        IsTooLong |= ++_length > MostBytes;
        if (_quote != 0)
        {
            _quote = letter == _quote ? (byte)0 : _quote;
        }
        else if (letter is (byte)'"' or (byte)'\'')
        {
            _quote = letter;
        }
        else if (letter == '>')
        {
            _state = State.Text;
        }
    }

    private void EndOf(byte letter)
    {
        var isEnd = letter == '>' && _state switch
        {
            State.Comment => _last == '-' && _beforeLast == '-',
            State.Characters => _last == ']' && _beforeLast == ']',
            _ => _last == '?',
        };
        _state = isEnd ? State.Text : _state;
    }
}
