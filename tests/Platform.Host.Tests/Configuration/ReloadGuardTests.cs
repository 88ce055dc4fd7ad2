using System.Text;
using System.Text.Json;
using Platform.Host.Configuration;
using static Platform.Host.Tests.Configuration.Written;

namespace Platform.Host.Tests.Configuration;

public sealed class ReloadGuardTests
{
    private const string Remedy = " Save the whole file; or, if this is meant, restart the server or run \"platform reload --allow\".";

    [Theory]
    [InlineData("auth:\n  sign_in_path: /in\ncache:\n  ttl: 5\n", "auth:\n  sign_in_path: /in\n", "config.yaml(3,1): cache: missing, the file looks cut off; expected the section, as in the file in force.")]
    [InlineData("auth:\n  sign_in_path: /in\n", "auth:\n", "config.yaml(2,1): auth: missing, the file looks cut off; expected the section, as in the file in force.")]
    [InlineData("ip_access_control:\n  enabled: true\n  deny: [10.0.0.1]\n", "ip_access_control:\n  enabled: true\n", "config.yaml(2,3): ip_access_control.deny: missing, the file looks cut off; expected the key, as in the file in force.")]
    [InlineData("cache:\n  ttl: 5\n", "cache:\n  ttl: 6", "config.yaml(2,9): no line break at its end, the file looks cut off; expected every line ended.")]
    [InlineData("cache:\n  ttl: 5\n  max_size_mb: 8\n", "cache:\n  ttl: 5\n", "config.yaml(3,1): the beginning of the file in force, so it looks cut off; expected a whole file.")]
    [InlineData("ip_access_control:\n  deny:\n    - 10.0.0.1\n    - 10.0.0.2\n", "ip_access_control:\n  deny:\n    - 10.0.0.1\n", "config.yaml(4,1): the beginning of the file in force, so it looks cut off; expected a whole file.")]
    public void Check_FileThatLooksCutOff_IsRefused(string inForce, string next, string message) =>
        Assert.Equal(message + Remedy, Assert.Single(ReloadGuard.Check(Yaml(inForce), Yaml(next))).ToString());

    [Theory]
    [InlineData("cache:\n  ttl: 5\n", "cache:\n  ttl: 6\n")]
    [InlineData("cache:\n  ttl: 5\n  max_size_mb: 8\n", "cache:\n  max_size_mb: 8\n")]
    [InlineData("ip_access_control:\n  deny: [10.0.0.1, 10.0.0.2]\n", "ip_access_control:\n  deny: [10.0.0.1]\n")]
    [InlineData("logging:\ncache:\n  ttl: 5\n", "cache:\n  ttl: 5\n")]
    [InlineData("", "cache:\n  ttl: 5\n")]
    [InlineData("cache:\n  ttl: 5\n# the end\n", "cache:\n  ttl: 5\n")]
    public void Check_WholeFile_IsAccepted(string inForce, string next) => Assert.Empty(ReloadGuard.Check(Yaml(inForce), Yaml(next)));

    [Fact]
    public void Check_ShippedFileCutAtAnyByte_IsAcceptedOnlyWhereNothingIsLost()
    {
        var bytes = File.ReadAllBytes(Path.Combine(Repository, "config.yaml"));
        var full = Parse(bytes);
        Assert.Empty(full.Problems);
        var (parsed, accepted) = (0, 0);
        for (var length = 0; length < bytes.Length; length++)
        {
            var cut = Parse(bytes.AsMemory(0, length));
            if (cut.Options is null) continue;
            parsed++;
            if (ReloadGuard.Check(full, cut).Count > 0) continue;
            accepted++;
            Assert.Equal(Print(full.Options!), Print(cut.Options));
        }

        // The guard has work to do: most beginnings are configurations of their own.
        Assert.True(parsed > bytes.Length / 3, $"{parsed} of {bytes.Length} cuts parsed.");
        Assert.Equal(0, accepted);
    }

    private static ConfigurationResult Parse(ReadOnlyMemory<byte> bytes) => ConfigurationReader.Parse(bytes, "/site/config.yaml", Nothing, Nothing);

    private static string Print(SiteOptions options) => JsonSerializer.Serialize(new
    {
        options,
        Networks = string.Join(' ', options.IpAccess.Allow.Concat(options.IpAccess.Deny).Concat(options.Server.TrustedProxies)),
    });
}
