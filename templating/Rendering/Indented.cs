namespace Platform.Templating.Rendering;

/// <summary>What is made once for each of the few indentations at which a part of a template stands.</summary>
/// <param name="make">Makes it; called more than once where two threads come at the same time.</param>
internal sealed class Indented(Func<byte[], byte[]> make)
{
    private const int Most = 8;

    private volatile Entry[] entries = [];

    /// <param name="prefix">What lines begin with; the same array for the same indentation.</param>
    public byte[] For(byte[] prefix)
    {
        var known = entries;
        foreach (var entry in known)
        {
            if (ReferenceEquals(entry.Prefix, prefix)) return entry.Bytes;
        }

        var bytes = make(prefix);
        if (known.Length < Most) entries = [.. known, new(prefix, bytes)];
        return bytes;
    }

    private sealed record Entry(byte[] Prefix, byte[] Bytes);
}
