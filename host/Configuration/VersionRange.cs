using System.Diagnostics.CodeAnalysis;

namespace Platform.Host.Configuration;

/// <summary>Versions that will do: comparisons with a blank between them, all of which must hold: <c>>=1.2 &lt;2</c>. A bare <c>1.2</c> is that version or a later one of the same major.</summary>
public sealed class VersionRange
{
    private readonly string text;
    private readonly List<(string Comparison, Version Version)> bounds;

    private VersionRange(string text, List<(string, Version)> bounds) => (this.text, this.bounds) = (text, bounds);

    /// <summary>True where a version is within; what stands behind <c>-</c> or <c>+</c> in it does not count.</summary>
    public bool Holds(string version) => TryVersion(version.Split('-', '+')[0], out var found) && bounds.TrueForAll(bound => Holds(found.CompareTo(bound.Version), bound.Comparison));

    /// <summary>Reads a range.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out VersionRange? value, [NotNullWhen(false)] out string? complaint)
    {
        var bounds = new List<(string, Version)>();
        foreach (var part in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var at = part.AsSpan().IndexOfAnyInRange('0', '9');
            var comparison = at < 0 ? part : part[..at];
            if (at < 0 || comparison is not ("" or "=" or ">" or ">=" or "<" or "<=") || !TryVersion(part[at..], out var version))
            {
                bounds.Clear();
                break;
            }

            bounds.Add((comparison.Length == 0 ? ">=" : comparison, version));
            if (comparison.Length == 0) bounds.Add(("<", new Version(version.Major + 1, 0, 0, 0)));
        }

        value = bounds.Count > 0 ? new(text, bounds) : null;
        complaint = value is null ? $"{Quoted.Text(text)}; expected versions such as 1.2 (it, or later ones of the same major) or >=1.2 <3." : null;
        return value is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => text;

    private static bool Holds(int order, string comparison) => comparison switch
    {
        "=" => order == 0,
        ">" => order > 0,
        ">=" => order >= 0,
        "<" => order < 0,
        _ => order <= 0,
    };

    // What is left out is 0, so that 1.2 is 1.2.0.
    private static bool TryVersion(string text, [NotNullWhen(true)] out Version? version)
    {
        version = null;
        var parts = text.Split('.');
        if (parts.Length > 4) return false;
        Span<int> numbers = [0, 0, 0, 0];
        for (var i = 0; i < parts.Length; i++)
        {
            if (parts[i].Length is 0 or > 9 || parts[i].AsSpan().ContainsAnyExceptInRange('0', '9')) return false;
            numbers[i] = int.Parse(parts[i], null);
        }

        version = new(numbers[0], numbers[1], numbers[2], numbers[3]);
        return true;
    }
}
