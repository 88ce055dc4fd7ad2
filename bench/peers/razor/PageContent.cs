namespace Platform.Bench.Razor;

/// <summary>bench/page/model.json, typed, as a Razor page would have it.</summary>
public sealed record PageContent(string Title, string HomeUrl, string ReturnUrl, string Notice, Meta Meta, Site Site, IReadOnlyList<Link> Nav, Sidebar Sidebar, IReadOnlyList<Item> Items);

/// <summary>Of the page's head.</summary>
public sealed record Meta(string Lang, string Description);

/// <summary>The site.</summary>
public sealed record Site(string Name, int Year, string Tagline, bool Private);

/// <summary>A link of the navigation or the side bar.</summary>
public sealed record Link(string Url, string Label, bool Active);

/// <summary>The side bar.</summary>
public sealed record Sidebar(string Title, string Html, IReadOnlyList<Link> Links);

/// <summary>An entry of the list.</summary>
public sealed record Item(int Id, string Url, string Title, string Summary, bool Pinned, int Views, Author Author);

/// <summary>Who wrote it.</summary>
public sealed record Author(string Name);
