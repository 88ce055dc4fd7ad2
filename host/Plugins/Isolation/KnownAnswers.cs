using System.Buffers.Binary;
using Platform.Host.Plugins.Isolation.Frames;
using Platform.Sdk;

namespace Platform.Host.Plugins.Isolation;

/// <summary>
/// Answers whose bytes have come before. Many plugins say the same again and again; what was read once need not be read anew,
/// for data that are handed over never change. An answer is kept the second time it is seen.
/// </summary>
internal sealed class KnownAnswers
{
    private const int Places = 64;
    private const int LargestBytes = 64 * 1024;
    private const int Samples = 16;

    private readonly Entry?[] entries = new Entry?[Places];
    private readonly ulong[] seen = new ulong[Places];

    /// <summary>The answer that stood in these bytes before.</summary>
    internal bool TryGet(ReadOnlySpan<byte> bytes, out Answer<PageData> answer, out ulong print)
    {
        (answer, print) = (default, 0);
        if (bytes.Length is 0 or > LargestBytes) return false;
        print = PrintOf(bytes);
        if (entries[PlaceOf(print)] is not { } entry || entry.Print != print || !entry.Bytes.AsSpan().SequenceEqual(bytes)) return false;
        answer = entry.Answer;
        return true;
    }

    /// <summary>Keeps an answer that has been seen before, and else remembers that it has now.</summary>
    internal void See(ReadOnlySpan<byte> bytes, ulong print, Answer<PageData> answer)
    {
        if (print == 0) return;
        ref var before = ref seen[PlaceOf(print)];
        if (before == print) entries[PlaceOf(print)] = new(print, bytes.ToArray(), answer);
        else before = print;
    }

    private static int PlaceOf(ulong print) => (int)((print >> 8) % Places);

    // Of some bytes only: those that look the same are compared.
    private static ulong PrintOf(ReadOnlySpan<byte> bytes)
    {
        var print = (ulong)bytes.Length * 0x9E3779B97F4A7C15;
        var step = Math.Max(1, (bytes.Length - 8) / Samples);
        for (var at = 0; at + 8 <= bytes.Length; at += step) print = (System.Numerics.BitOperations.RotateLeft(print, 23) ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes[at..])) * 0xC2B2AE3D27D4EB4F;
        return print | 1;
    }

    private sealed record Entry(ulong Print, byte[] Bytes, Answer<PageData> Answer);
}
