using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Platform.Host.Configuration;

/// <summary>Names of query parameters; one that ends in <c>*</c> stands for all that begin so: <c>utm_*</c>.</summary>
public sealed class QueryNames : IReadOnlyCollection<string>
{
    private readonly string[] written;
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> names;
    private readonly string[] beginnings;

    /// <summary>The names given.</summary>
    public QueryNames(IEnumerable<string> names)
    {
        written = [.. names.Distinct(StringComparer.Ordinal)];
        this.names = written.Where(name => !name.EndsWith('*')).ToHashSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        beginnings = [.. written.Where(name => name.EndsWith('*')).Select(name => name[..^1])];
    }

    /// <summary>The number of names.</summary>
    public int Count => written.Length;

    /// <summary>True where the parameter is one of these; upper and lower case differ.</summary>
    public bool Contains(ReadOnlySpan<char> name)
    {
        if (names.Contains(name)) return true;
        foreach (var beginning in beginnings)
        {
            if (name.StartsWith(beginning, StringComparison.Ordinal)) return true;
        }

        return false;
    }

    /// <summary>The names as written.</summary>
    public IEnumerator<string> GetEnumerator() => ((IEnumerable<string>)written).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => written.GetEnumerator();

    /// <summary>Checks one name as written.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out string? name, [NotNullWhen(false)] out string? complaint)
    {
        var star = text.IndexOf('*');
        var isName = text.Length is > 0 and <= 128 && (star < 0 || star == text.Length - 1) && !text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c is '&' or '=' or '#' or ',');
        name = isName ? text : null;
        complaint = isName ? null : $"{Quoted.Text(text)}; expected the name of a query parameter, with * at most at its end.";
        return isName;
    }
}
