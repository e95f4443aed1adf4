namespace Lantai.InformationPackages.Xml;

/// <summary>
/// Watches the letters of an XML on their way to the parser, which holds a tag, a comment or white space whole before it
/// gives them: one could fill the memory. A document type is stopped before the parser sees it.
/// </summary>
internal sealed class MarkupWatch(int mostText)
{
    private State _state;
    private char _quote;
    private int _run;
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

    /// <summary>Whether a document type began.</summary>
    public bool HasType { get; private set; }

    /// <summary>Whether a tag, a comment or white space is too long.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>How many letters may pass to the parser: all, or those before the fault.</summary>
    public int Take(ReadOnlySpan<char> letters)
    {
        for (var i = 0; i < letters.Length; i++)
        {
            if (_state == State.Text && letters[i..].IndexOfAnyExcept(" \t\r\n<") == 0)
            {
                // The parser gives long text in pieces: nothing to count until the next tag.
                var next = letters[i..].IndexOf('<');
                _length = 0;
                i = next < 0 ? letters.Length - 1 : i + next - 1;
                continue;
            }

            Step(letters[i]);
            if (HasType || IsTooLong)
            {
                return i;
            }
        }

        return letters.Length;
    }

    private void Step(char letter)
    {
        IsTooLong = ++_length > mostText;
        switch (_state)
        {
            case State.Text when letter == '<': (_state, _length) = (State.Begun, 0); break;
            case State.Text: break;
            case State.Begun: Begin(letter); break;
            case State.Declared: Declare(letter); break;
            case State.Tag: StepInTag(letter); break;
            case State.Comment: EndAfter(letter, '-', 2); break;
            case State.Characters: EndAfter(letter, ']', 2); break;
            default: EndAfter(letter, '?', 1); break;
        }
    }

    private void Begin(char letter)
    {
        (_quote, _run) = ('\0', 0);
        _state = letter switch { '!' => State.Declared, '?' => State.Instruction, '>' => State.Text, _ => State.Tag };
    }

    private void Declare(char letter)
    {
        // "<!-" and "<![" can only go on as comment and character data; what else comes is no XML, and the parser says so.
        HasType = letter is 'D' or 'd';
        _state = letter switch { '-' => State.Comment, '[' => State.Characters, _ => State.Tag };
        _run = letter == '-' ? -1 : 0;
    }

    private void StepInTag(char letter)
    {
        if (_quote != 0)
        {
            _quote = letter == _quote ? '\0' : _quote;
        }
        else if (letter is '"' or '\'')
        {
            _quote = letter;
        }
        else if (letter == '>')
        {
            (_state, _length) = (State.Text, 0);
        }
    }

    private void EndAfter(char letter, char mark, int times)
    {
        if (letter == '>' && _run >= times)
        {
            (_state, _length) = (State.Text, 0);
        }
        else
        {
            // The dash that opens a comment is not counted for its end: "<!-->" is none.
            _run = letter == mark ? _run < 0 ? 0 : _run + 1 : _run < 0 ? _run : 0;
        }
    }
}
