using Platform.Host.Plugins;
using Platform.Sdk;

namespace Platform.Host.Pipeline;

/// <summary>What the plugins' answers make of a page.</summary>
public sealed class PagePlan
{
    private readonly List<string> tags = [];
    private readonly Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A plan that nobody has added to but plugins in the chain.</summary>
    public PagePlan(IReadOnlyList<KeyValuePair<string, string>> added)
    {
        foreach (var (name, value) in added) headers[name] = value;
    }

    /// <summary>The template; null where nobody named one.</summary>
    public string? Template { get; private set; }

    /// <summary>The page's status.</summary>
    public int Status { get; private set; } = StatusCodes.Status200OK;

    /// <summary>How long it may be kept at most; null: as configured.</summary>
    public TimeSpan? TimeToLive { get; private set; }

    /// <summary>What it is about.</summary>
    public IReadOnlyList<string> Tags => tags;

    /// <summary>Headers to add.</summary>
    public IReadOnlyDictionary<string, string> Headers => headers;

    /// <summary>Adds a plugin's answer; of template, status and header the later wins, of the time to live the shortest.</summary>
    public void Add(PageData data)
    {
        Template = data.Template ?? data[PluginMerge.TemplateKey] as string ?? Template;
        Status = data.Status ?? Status;
        if (data.TimeToLive is { } life && (TimeToLive is null || life < TimeToLive)) TimeToLive = life;
        foreach (var tag in data.Tags) if (tags.Count < byte.MaxValue && !tags.Contains(tag)) tags.Add(tag);
        foreach (var (name, value) in data.Headers) if (PluginHeaders.IsAllowed(name, value) && headers.Count < 32) headers[name] = value;
    }

    /// <summary>True where a browser or proxy must not get this page for somebody else.</summary>
    public bool IsPrivate => headers.ContainsKey("Set-Cookie")
        || (headers.TryGetValue("Cache-Control", out var control) && (control.Contains("private", StringComparison.OrdinalIgnoreCase) || control.Contains("no-store", StringComparison.OrdinalIgnoreCase)))
        || headers.ContainsKey("Vary");
}
