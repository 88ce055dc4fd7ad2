namespace Platform.Host.Configuration;

/// <summary>
/// Keeps a half-written config.yaml from opening the site: most beginnings of a configuration are themselves valid, and lack
/// just what protects. Asked on a reload only; a start, and <c>platform reload --allow</c>, take the file as it is.
/// </summary>
public static class ReloadGuard
{
    private const string Remedy = "Save the whole file; or, if this is meant, restart the server or run \"platform reload --allow\".";

    private static readonly string[] Guarded = ["ip_access_control", "auth"];

    /// <summary>Why the next file may not take the place of the one in force; empty where it may.</summary>
    public static IReadOnlyList<Problem> Check(ConfigurationResult inForce, ConfigurationResult next)
    {
        if (inForce.Written is not { } before || next.Written is not { } after) return [];

        var problems = new List<Problem>();
        if (!next.Text.EndsWith('\n')) problems.Add(EndOf(next, "no line break at its end, the file looks cut off; expected every line ended."));
        foreach (var entry in before.Entries)
        {
            if (entry.Value.Kind == NodeKind.Null) continue;
            if (IsMissing(after, entry.Key)) problems.Add(EndOf(next, $"{entry.Key}: missing, the file looks cut off; expected the section, as in the file in force."));
            else if (Guarded.Contains(entry.Key)) problems.AddRange(MissingKeys(entry.Key, entry.Value, after[entry.Key]!, next));
        }

        // Cut behind a line, the file may still have all sections; only that it is the old one's beginning gives it away.
        if (problems.Count == 0 && next.Text.Length < inForce.Text.Length && inForce.Text.StartsWith(next.Text, StringComparison.Ordinal) && !after.SaysTheSameAs(before))
            problems.Add(EndOf(next, "the beginning of the file in force, so it looks cut off; expected a whole file."));
        return problems;
    }

    private static IEnumerable<Problem> MissingKeys(string section, Node before, Node after, ConfigurationResult next) =>
        from entry in before.Entries
        where entry.Value.Kind != NodeKind.Null && IsMissing(after, entry.Key)
        select after.At.Problem($"{section}.{entry.Key}: missing, the file looks cut off; expected the key, as in the file in force. {Remedy}");

    private static bool IsMissing(Node parent, string key) => parent[key] is null or { Kind: NodeKind.Null };

    private static Problem EndOf(ConfigurationResult next, string message) =>
        new(next.Name, next.Text.AsSpan().Count('\n') + 1, next.Text.Length - next.Text.LastIndexOf('\n'), $"{message} {Remedy}");
}
