namespace Platform.Host.Plugins.Packages;

/// <summary>CRC-32, as archives have it.</summary>
internal struct Checksum
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(static n =>
    {
        var value = (uint)n;
        for (var bit = 0; bit < 8; bit++) value = (value & 1) != 0 ? 0xEDB88320 ^ (value >> 1) : value >> 1;
        return value;
    })];

    private uint state;

    /// <summary>Of what has been added.</summary>
    internal readonly uint Value => state;

    /// <summary>Adds bytes.</summary>
    internal void Add(ReadOnlySpan<byte> bytes)
    {
        var value = ~state;
        foreach (var b in bytes) value = Table[(byte)(value ^ b)] ^ (value >> 8);
        state = ~value;
    }
}
