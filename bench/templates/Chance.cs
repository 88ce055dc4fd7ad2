namespace Platform.Bench.Templates;

/// <summary>Chance that can be repeated: the same seed gives the same run everywhere.</summary>
internal sealed class Chance(ulong seed)
{
    private ulong state = seed;

    public ulong Next()
    {
        var z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>From 0 up to <paramref name="count"/>, which is above 0.</summary>
    public int Below(int count) => (int)(Next() % (uint)count);

    /// <summary>True once in <paramref name="count"/> times.</summary>
    public bool OneIn(int count) => Below(count) == 0;

    public T Pick<T>(IReadOnlyList<T> list) => list[Below(list.Count)];
}
