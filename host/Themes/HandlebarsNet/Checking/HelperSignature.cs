using Platform.Templating;

namespace Platform.Host.Themes.HandlebarsNet.Checking;

/// <summary>How a helper is called. It holds nothing of the helper itself, which may be a plugin's that is gone tomorrow.</summary>
/// <param name="Least">The fewest arguments.</param>
/// <param name="Most">The most arguments.</param>
/// <param name="Usage">For messages.</param>
internal sealed record HelperSignature(int Least, int Most, string Usage)
{
    /// <summary>All that a template can call: the engine's, the host's, those given; the later wins.</summary>
    public static IReadOnlyDictionary<string, HelperSignature> All(IEnumerable<Helper> helpers)
    {
        var all = new Dictionary<string, HelperSignature>(StringComparer.Ordinal);
        foreach (var helper in BuiltinHelpers.All.Concat(HostHelpers.Names).Concat(helpers)) all[helper.Name] = new(helper.Least, helper.Most, helper.Usage);
        return all;
    }
}
