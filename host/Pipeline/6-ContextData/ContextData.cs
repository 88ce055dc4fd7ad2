using Platform.Sdk;

namespace Platform.Host.Pipeline;

/// <summary>What every page knows before its own data come.</summary>
/// <param name="Context">What the server says: theme, path, query, route, user, version, time, request id.</param>
/// <param name="Global">What the plugins say for every page, merged in plugin order.</param>
public sealed record ContextData(DataMap Context, DataMap Global);
