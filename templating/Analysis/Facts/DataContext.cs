using System.Text;
using Platform.Templating.Syntax;

namespace Platform.Templating.Analysis.Facts;

/// <summary>What <c>this</c> is at a place.</summary>
/// <param name="Path">Where it lies in the data: <c>""</c> is the root; null where that is known at rendering only.</param>
/// <param name="Outer">What <c>../</c> means; null where that is not known.</param>
/// <param name="Given">The names over it that a partial was called with, each between two NULs.</param>
/// <param name="MayBeRoot">Where the path is not known: it can be the root itself.</param>
internal sealed record DataContext(string? Path, DataContext? Outer = null, string Given = "", bool MayBeRoot = false)
{
    public static DataContext Root { get; } = new("");

    public static DataContext Unknown { get; } = new(null, MayBeRoot: true);

    public bool Gives(string name) => Given.Length > 0 && Given.Contains($"\0{name}\0", StringComparison.Ordinal);

    /// <summary>What a partial sees that is called here without an argument but with these names.</summary>
    public DataContext With(IEnumerable<HashPair> hash) => this with { Outer = null, Given = string.Concat(hash.Select(pair => $"\0{pair.Key}\0").Prepend(Given)) };

    public static string Join(string path, IEnumerable<string> parts)
    {
        var joined = new StringBuilder(path);
        foreach (var part in parts)
        {
            if (part.Length > 0 && part.All(char.IsAsciiDigit)) joined.Append("[]");
            else if (part.AsSpan().ContainsAny('.', '[', ']')) joined.Append('[').Append(part).Append(']');
            else joined.Append(joined.Length > 0 ? "." : "").Append(part);
        }

        return joined.ToString();
    }

    /// <summary>The entries of a list or map.</summary>
    public static string? Entry(string? path) => path is null or "" ? null : path + "[]";
}

/// <summary>A reading of data and whence.</summary>
internal sealed record DataReading(TemplateSource Source, int Start, string Path, bool IsRelative, bool MayBeHelper, bool MayBeRoot)
{
    public DataUse Public => new(Path, IsRelative, MayBeHelper, Place);

    public TemplatePlace Place => SourceText.PlaceOf(Source, Start);

    /// <summary>The key of the root that is read; null for none, empty for all of them.</summary>
    public string? Key
    {
        get
        {
            if (IsRelative && !MayBeRoot) return null;
            var end = Path.AsSpan().IndexOfAny('.', '[');
            return end switch { < 0 => Path, 0 => "", _ => Path[..end] };
        }
    }
}
