using Platform.Host.Caching;
using Platform.Sdk;

namespace Platform.Host.Pipeline;

/// <summary>What is recorded while a page is made: what of the request it read, and what it was made from. From this follow its key, what drops it, and whether it may be stored at all.</summary>
public sealed class PageRecord
{
    /// <summary>Parts that belong to one request and to nobody else's.</summary>
    public const RequestPart OfOneRequest = RequestPart.ClientAddress | RequestPart.Body | RequestPart.RequestId;

    private const RequestPart Named = RequestPart.Headers | RequestPart.Cookies;

    private readonly Dictionary<(DependencyKind Kind, string Name), string> dependencies = [];

    /// <summary>What of the request was read.</summary>
    public RequestReads Reads { get; } = new();

    /// <summary>What the page was made from.</summary>
    public Dependency[] Dependencies => [.. dependencies.Select(one => new Dependency(one.Key.Kind, one.Key.Name, one.Value))];

    /// <summary>True where another request could be answered with the page: what it was made from can be named.</summary>
    public bool IsShareable => (Reads.Parts & OfOneRequest) == RequestPart.None && (Reads.Whole & Named) == RequestPart.None;

    /// <summary>The parts of the request that belong into the page's key.</summary>
    public KeyParts Parts => (Reads.Parts & ~RequestPart.Path) == RequestPart.None
        ? KeyParts.None
        : new((Reads.Parts & RequestPart.User) != 0, (Reads.Whole & RequestPart.Query) != 0, Reads.Names(RequestPart.Query), Reads.Names(RequestPart.Headers), Reads.Names(RequestPart.Cookies));

    /// <summary>The page was made from this.</summary>
    public void Add(Dependency dependency) => dependencies[(dependency.Kind, dependency.Name)] = dependency.Version;

    /// <summary>A plugin had nothing to say for the page itself; what it has said otherwise, for every page or in front of this one, counts on.</summary>
    public void AddSilent(Dependency dependency) => dependencies.TryAdd((dependency.Kind, dependency.Name), dependency.Version);

    /// <summary>The page was made from these.</summary>
    public void Add(IEnumerable<Dependency> made)
    {
        foreach (var dependency in made) Add(dependency);
    }
}
