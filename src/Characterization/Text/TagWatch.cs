namespace Lantai.Characterization.Text;

/// <summary>
/// Watches the letters of an XML on their way to a reader. A reader holds every attribute of an element at once, twenty
/// times as large as its letters, and works out content models by recursion: one tag could fill the memory, and one
/// document type could use up the stack, which ends the process.
/// </summary>
/// <param name="countsValues">Whether values of attributes count for the length of a tag; else something else bounds them, and drawings may hold pictures in one.</param>
internal sealed class TagWatch(bool countsValues)
{
    private const int MostOfTag = 1 << 20;
    private const int MostOfType = 1 << 16;
    private const int MostParentheses = 100;

    // What a content model costs grows with the square of its length and more.
    private const int MostOfDeclaration = 1 << 13;

    private State _state;
    private char _quote;
    private char _last;
    private int _run;
    private int _length;
    private int _lengthOfType;
    private int _lengthOfDeclaration;
    private int _parentheses;
    private bool _isInType;
    private bool _isInSubset;
    private bool _isParameter;

    private enum State
    {
        Text,
        Begun,
        Tag,
        Declared,
        Dash,
        Type,
        Comment,
        Characters,
        Instruction,
    }

    /// <summary>Why no more is to be read: a text key without its prefix <c>unchecked.</c>; null while all may be.</summary>
    public string? Why { get; private set; }

    /// <summary>Watches the next letter.</summary>
    public void Take(char letter)
    {
        switch (_state)
        {
            case State.Text: _state = letter == '<' ? State.Begun : State.Text; break;
            case State.Begun: Begin(letter); break;
            case State.Declared: Declare(letter); break;
            case State.Dash: _state = letter == '-' ? State.Comment : State.Type; break;
            case State.Tag: StepInTag(letter); break;
            case State.Type: StepInType(letter); break;
            case State.Comment: EndAfter(letter, '-', 2); break;
            case State.Characters: EndAfter(letter, ']', 2); break;
            default: EndAfter(letter, '?', 1); break;
        }

        _last = letter;
    }

    private void Begin(char letter)
    {
        _state = letter switch { '!' => State.Declared, '?' => State.Instruction, _ when _isInType => State.Type, '>' => State.Text, _ => State.Tag };
        (_run, _length, _quote) = (0, 0, '\0');
    }

    private void Declare(char letter)
    {
        _state = letter switch { '-' => State.Dash, '[' when !_isInType => State.Characters, _ => State.Type };
        _isInType |= _state == State.Type;
    }

    private void StepInTag(char letter)
    {
        if (_quote == 0 || countsValues)
        {
            Stop(++_length > MostOfTag, "tag-too-long");
        }

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
            _state = State.Text;
        }
    }

    private void StepInType(char letter)
    {
        Stop(++_lengthOfType > MostOfType, "too-long");
        if (_quote != 0)
        {
            // A parameter entity may put declarations together out of pieces; how deep they get shows in no piece.
            Stop(_isParameter && (letter is '(' or '%' || (letter == '#' && _last == '&')), "too-deep");
            _quote = letter == _quote ? '\0' : _quote;
            return;
        }

        Stop(++_lengthOfDeclaration > MostOfDeclaration, "too-long");
        switch (letter)
        {
            case '"' or '\'': _quote = letter; break;
            case '%': _isParameter = true; break;
            case '(': Stop(++_parentheses > MostParentheses, "too-deep"); break;
            case ')': _parentheses--; break;
            case '[' or ']': _isInSubset = letter == '['; break;
            case '<': (_state, _lengthOfDeclaration, _parentheses, _isParameter) = (State.Begun, 0, 0, false); break;
            case '>' when !_isInSubset: (_state, _isInType) = (State.Text, false); break;
        }
    }

    private void EndAfter(char letter, char mark, int count)
    {
        if (letter == '>' && _run >= count)
        {
            _state = _isInType ? State.Type : State.Text;
        }

        _run = letter == mark ? _run + 1 : 0;
    }

    private void Stop(bool isOver, string why) => Why ??= isOver ? why : null;
}

/// <summary>Letters that end early where the watch says so.</summary>
internal sealed class WatchedLetters(TextReader letters, TagWatch watch) : TextReader
{
    public override int Peek() => watch.Why is null ? letters.Peek() : -1;

    public override int Read()
    {
        var one = new char[1];
        return Read(one, 0, 1) == 1 ? one[0] : -1;
    }

    public override int Read(char[] buffer, int index, int count)
    {
        var read = watch.Why is null ? letters.Read(buffer, index, count) : 0;
        foreach (var letter in buffer.AsSpan(index, read))
        {
            watch.Take(letter);
        }

        return watch.Why is null ? read : 0;
    }
}
