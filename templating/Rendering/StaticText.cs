using System.Text;

namespace Platform.Templating.Rendering;

/// <summary>Text of a template as UTF-8, and as it is where its lines are indented.</summary>
internal sealed class StaticText
{
    private readonly Indented indented;

    public StaticText(string text)
    {
        Bytes = Encoding.UTF8.GetBytes(text);
        indented = new(Indent);
    }

    public byte[] Bytes { get; }

    /// <summary>With a prefix before every line but the first; a last line end is followed by none.</summary>
    public byte[] Indented(byte[] prefix) => indented.For(prefix);

    private byte[] Indent(byte[] prefix)
    {
        var inner = Bytes.AsSpan();
        var breaks = inner.Length == 0 ? 0 : inner[..^1].Count((byte)'\n');
        if (breaks == 0) return Bytes;
        var indented = new byte[Bytes.Length + (breaks * prefix.Length)];
        var at = 0;
        for (var i = 0; i < inner.Length; i++)
        {
            indented[at++] = inner[i];
            if (inner[i] != '\n' || i == inner.Length - 1) continue;
            prefix.CopyTo(indented, at);
            at += prefix.Length;
        }

        return indented;
    }
}
