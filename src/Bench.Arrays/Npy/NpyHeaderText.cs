using System.Globalization;

namespace Bench.Arrays.Npy;

/// <summary>Reads the Python dictionary that stands at the head of a <c>.npy</c> file.</summary>
internal sealed class NpyHeaderText
{
    private readonly string _text;
    private readonly string _source;
    private int _position;

    /// <exception cref="NpyFormatException">The text is not such a dictionary, or asks for what Bench does not read.</exception>
    public NpyHeaderText(string text, string source)
    {
        _text = text;
        _source = source;
        string? descr = null;
        bool? fortranOrder = null;
        int[]? shape = null;
        Expect('{');
        while (!Accept('}'))
        {
            var key = ReadString();
            Expect(':');
            switch (key)
            {
                case "descr":
                    descr = Peek() == '\'' || Peek() == '"' ? ReadString() : throw Fail("a structured or object element type");
                    break;
                case "fortran_order":
                    fortranOrder = ReadWord() switch
                    {
                        "True" => true,
                        "False" => false,
                        var word => throw Fail($"fortran_order {word}"),
                    };
                    break;
                case "shape":
                    shape = ReadShape();
                    break;
                default:
                    throw Fail($"the key '{key}'");
            }

            if (!Accept(','))
            {
                Expect('}');
                break;
            }
        }

        if (descr is null || fortranOrder is null || shape is null)
        {
            throw Fail("a head without descr, fortran_order or shape");
        }

        if (!ElementTypes.TryParseDescr(descr, out var type))
        {
            throw new NpyFormatException(source, $"found element type '{descr}'; expected one of {ElementTypes.Descriptions}.");
        }

        // An array of one axis is the same in both orders.
        if (fortranOrder.Value && shape.Length > 1)
        {
            throw new NpyFormatException(
                source, "found an array in Fortran order; expected C order. Save it with numpy.ascontiguousarray.");
        }

        ElementType = type;
        Shape = shape;
    }

    public ElementType ElementType { get; }

    public int[] Shape { get; }

    private int[] ReadShape()
    {
        var lengths = new List<int>();
        Expect('(');
        while (!Accept(')'))
        {
            var word = ReadWord();
            if (!int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var length))
            {
                throw Fail($"the axis length '{word}'");
            }

            lengths.Add(length);
            if (!Accept(','))
            {
                Expect(')');
                break;
            }
        }

        return lengths.Count <= 32 ? [.. lengths] : throw Fail($"{lengths.Count} axes");
    }

    private string ReadString()
    {
        var quote = Peek();
        if (quote is not ('\'' or '"'))
        {
            throw Fail("no quoted name");
        }

        var end = _text.IndexOf(quote, _position + 1);
        if (end < 0)
        {
            throw Fail("a name without its closing quote");
        }

        var value = _text[(_position + 1)..end];
        _position = end + 1;
        return value;
    }

    private string ReadWord()
    {
        Peek();
        var start = _position;
        while (_position < _text.Length && char.IsAsciiLetterOrDigit(_text[_position]))
        {
            _position++;
        }

        return _text[start.._position];
    }

    private char Peek()
    {
        while (_position < _text.Length && char.IsWhiteSpace(_text[_position]))
        {
            _position++;
        }

        return _position < _text.Length ? _text[_position] : '\0';
    }

    private bool Accept(char expected)
    {
        if (Peek() != expected)
        {
            return false;
        }

        _position++;
        return true;
    }

    private void Expect(char expected)
    {
        if (!Accept(expected))
        {
            throw Fail($"no '{expected}' at character {_position} of the head");
        }
    }

    private NpyFormatException Fail(string found) =>
        new(_source, $"found {found}; expected a head like {{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }}.");
}
