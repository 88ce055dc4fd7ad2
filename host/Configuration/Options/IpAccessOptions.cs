namespace Platform.Host.Configuration;

/// <summary>What happens to a visitor whose address is in no list.</summary>
public enum UnlistedAccess
{
    /// <summary>The /warning page first, until confirmed there.</summary>
    Warn,

    /// <summary>Let in.</summary>
    Allow,

    /// <summary>Refused with 403.</summary>
    Deny,
}

/// <summary>The section <c>ip_access_control</c>: who may come in, by address. <see cref="Deny"/> is asked first, then <see cref="Allow"/>.</summary>
public sealed record IpAccessOptions
{
    /// <summary><c>enabled</c>: whether addresses are looked at. Default: true.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary><c>allow</c>: addresses and networks that come in without confirming. Default: none.</summary>
    public NetworkSet Allow { get; init; } = NetworkSet.Empty;

    /// <summary><c>deny</c>: addresses and networks that are refused with 403. Default: none.</summary>
    public NetworkSet Deny { get; init; } = NetworkSet.Empty;

    /// <summary><c>unlisted</c>: what happens to all others: warn, allow or deny. Default: warn.</summary>
    public UnlistedAccess Unlisted { get; init; }

    /// <summary><c>confirm_days</c>: how long a confirmation at /warning holds, 1 to 3,650 days. Default: 30 days.</summary>
    public TimeSpan Confirmation { get; init; } = TimeSpan.FromDays(30);

    internal static IpAccessOptions Read(SectionReader section)
    {
        var fallback = new IpAccessOptions();
        var options = new IpAccessOptions
        {
            Enabled = section.Flag("enabled", fallback.Enabled),
            Allow = new(section.List<Network>("allow", [], Network.TryParse)),
            Deny = new(section.List<Network>("deny", [], Network.TryParse)),
            Unlisted = section.Choice("unlisted", fallback.Unlisted, ("warn", UnlistedAccess.Warn), ("allow", UnlistedAccess.Allow), ("deny", UnlistedAccess.Deny)),
            Confirmation = TimeSpan.FromDays(section.Number("confirm_days", (int)fallback.Confirmation.TotalDays, 1, 3650, "days")),
        };
        section.Close();
        return options;
    }
}
