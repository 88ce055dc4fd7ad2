using System.Runtime.InteropServices;

namespace Platform.Host.Caching;

/// <summary>Counts what happens on all cores at once: each has a count of its own, a cache line apart.</summary>
internal sealed class HitCount
{
    private const int Cells = 16;

    private readonly Cell[] cells = new Cell[Cells];

    /// <summary>All counted so far.</summary>
    internal long Total
    {
        get
        {
            var total = 0L;
            for (var i = 0; i < Cells; i++) total += Volatile.Read(ref cells[i].Count);
            return total;
        }
    }

    /// <summary>Counts one.</summary>
    internal void Add() => Interlocked.Increment(ref cells[Thread.GetCurrentProcessorId() & (Cells - 1)].Count);

    [StructLayout(LayoutKind.Explicit, Size = 64)]
    private struct Cell
    {
        [FieldOffset(0)]
        public long Count;
    }
}
