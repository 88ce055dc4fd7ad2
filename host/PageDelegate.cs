namespace Platform.Host;

/// <summary>A step of the chain, or all that comes after one.</summary>
public delegate Task PageDelegate(PageContext page);
