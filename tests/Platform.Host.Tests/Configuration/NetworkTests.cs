using System.Net;
using Platform.Host.Configuration;

namespace Platform.Host.Tests.Configuration;

public sealed class NetworkTests
{
    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("0.0.0.0", "0.0.0.0")]
    [InlineData("255.255.255.255", "255.255.255.255")]
    [InlineData("10.0.0.0/8", "10.0.0.0/8")]
    [InlineData("192.0.2.7/32", "192.0.2.7")]
    [InlineData("0.0.0.0/0", "0.0.0.0/0")]
    [InlineData("::", "::")]
    [InlineData("::1", "::1")]
    [InlineData("1::", "1::")]
    [InlineData("::/0", "::/0")]
    [InlineData("2001:DB8::/32", "2001:db8::/32")]
    [InlineData("2001:0db8:0000:0000:0000:0000:0000:0001", "2001:db8::1")]
    [InlineData("2001:db8::1/128", "2001:db8::1")]
    [InlineData("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0")]
    [InlineData("64:ff9b::192.0.2.33", "64:ff9b::c000:221")]
    [InlineData("::ffff:10.0.0.1", "10.0.0.1")]
    [InlineData("::FFFF:0a00:0001", "10.0.0.1")]
    [InlineData("::ffff:10.0.0.0/104", "10.0.0.0/8")]
    [InlineData("::ffff:0:0/96", "0.0.0.0/0")]
    public void Parse_GoodText_GivesTheCanonicalForm(string text, string canonical)
    {
        Assert.True(Network.TryParse(text, out var network, out _));
        Assert.Equal(canonical, network.ToString());
        Assert.True(network.Contains(network.Address));
    }

    [Theory]
    [InlineData("", V4)]
    [InlineData("localhost", V4)]
    [InlineData("10.1", V4)]
    [InlineData("10", V4)]
    [InlineData("167772161", V4)]
    [InlineData("0x7f.0.0.1", V4)]
    [InlineData("10.0.0.0.1", V4)]
    [InlineData("10.0.0.", V4)]
    [InlineData(".10.0.0.1", V4)]
    [InlineData(" 10.0.0.1", V4)]
    [InlineData("10.0.0.1 ", V4)]
    [InlineData("10.0.0.+1", V4)]
    [InlineData("١0.0.0.1", V4)]
    [InlineData("1000.0.0.1", V4)]
    [InlineData("010.0.0.1", "expected decimal numbers without leading zeros. Write 10 for 010")]
    [InlineData("10.0.0.00", "expected decimal numbers without leading zeros. Write 0 for 00")]
    [InlineData("10.0.0.256", "expected numbers from 0 to 255, not 256")]
    [InlineData("10.0.0.0/33", "expected a prefix length from 0 to 32 behind the slash")]
    [InlineData("10.0.0.0/", "expected a prefix length from 0 to 32 behind the slash")]
    [InlineData("10.0.0.0/08", "expected a prefix length from 0 to 32 behind the slash")]
    [InlineData("10.0.0.0/-1", "expected a prefix length from 0 to 32 behind the slash")]
    [InlineData("10.0.0.0/8/8", "expected a prefix length from 0 to 32 behind the slash")]
    [InlineData("10.0.0.0/255.0.0.0", "expected a prefix length from 0 to 32 behind the slash")]
    [InlineData("::/129", "expected a prefix length from 0 to 128 behind the slash")]
    [InlineData("10.0.0.1/8", "expected a network without bits behind its prefix. Write 10.0.0.0/8 for the network, or 10.0.0.1 for the one address")]
    [InlineData("2001:db8::1/64", "expected a network without bits behind its prefix. Write 2001:db8::/64 for the network, or 2001:db8::1 for the one address")]
    [InlineData("::ffff:0:0/95", "expected a network without bits behind its prefix. Write ::fffe:0:0/95 for the network, or ::ffff:0:0 for the one address")]
    [InlineData("fe80::1%eth0", "expected an address without a zone. Leave out what follows %")]
    [InlineData("[::1]", V6)]
    [InlineData(":", V6)]
    [InlineData(":::", V6)]
    [InlineData("1::2::3", V6)]
    [InlineData("1:2:3:4:5:6:7", V6)]
    [InlineData("1:2:3:4:5:6:7:8:9", V6)]
    [InlineData("1:2:3:4::5:6:7:8", V6)]
    [InlineData("12345::", V6)]
    [InlineData("g::", V6)]
    [InlineData("::1.2.3", V6)]
    [InlineData("::ffff:010.0.0.1", V6)]
    [InlineData("1.2.3.4::", V6)]
    [InlineData("::1.2.3.4:5", V6)]
    [InlineData(":1::", V6)]
    public void Parse_BadText_IsRefusedWithThisReason(string text, string reason)
    {
        Assert.False(Network.TryParse(text, out _, out var complaint));
        Assert.Equal($"\"{text}\"; {reason}.", complaint);
    }

    [Theory]
    [InlineData("10.0.0.0/8", "10.255.255.255", true)]
    [InlineData("10.0.0.0/8", "11.0.0.0", false)]
    [InlineData("10.0.0.0/8", "::ffff:10.1.2.3", true)]
    [InlineData("::ffff:10.0.0.0/104", "10.1.2.3", true)]
    [InlineData("0.0.0.0/0", "1.2.3.4", true)]
    [InlineData("0.0.0.0/0", "::1", false)]
    [InlineData("::/0", "::1", true)]
    [InlineData("::/0", "1.2.3.4", false)]
    [InlineData("::/0", "::ffff:1.2.3.4", false)]
    [InlineData("2001:db8::/33", "2001:db8:7fff::1", true)]
    [InlineData("2001:db8::/33", "2001:db8:8000::1", false)]
    [InlineData("fe80::/10", "fe80::1%3", true)]
    public void Contains_Address_IsDecidedByItsLeadingBits(string network, string address, bool expected)
    {
        Assert.True(Network.TryParse(network, out var parsed, out _));
        Assert.Equal(expected, parsed.Contains(IPAddress.Parse(address)));
        Assert.Equal(expected, new NetworkSet([parsed]).Contains(IPAddress.Parse(address)));
    }

    [Fact]
    public void Parse_RandomAddress_AgreesWithTheFramework()
    {
        var random = new Random(3);
        var bytes = new byte[16];
        for (var round = 0; round < 5000; round++)
        {
            random.NextBytes(bytes);
            for (var zero = random.Next(8); zero > 0; zero--) bytes[2 * random.Next(8)] = bytes[2 * random.Next(8) + 1] = 0;
            var address = new IPAddress(bytes);
            Assert.True(AddressText.TryParse(address.ToString(), out var parsed, out var complaint), $"{address}: {complaint}");
            Assert.Equal(address, parsed);
        }
    }

    [Fact]
    public void Set_OfManyNetworks_AgreesWithAskingEach()
    {
        var random = new Random(5);
        Network[] networks = [.. Enumerable.Range(0, 300).Select(_ => Parse($"{random.Next(4)}.{random.Next(256)}.0.0/{random.Next(16, 25)}"))];
        var set = new NetworkSet(networks);
        for (var round = 0; round < 20_000; round++)
        {
            var address = new IPAddress([(byte)random.Next(4), (byte)random.Next(256), (byte)random.Next(4), 1]);
            Assert.Equal(networks.Any(network => network.Contains(address)), set.Contains(address));
        }
    }

    [Fact]
    public void Set_OfAHundredThousand_AnswersWithoutAllocating()
    {
        var set = new NetworkSet(Enumerable.Range(0, 100_000).Select(i => Parse($"10.{i >> 16}.{(i >> 8) & 255}.{i & 255}")));
        var (inside, outside) = (IPAddress.Parse("10.1.0.7"), IPAddress.Parse("10.2.0.7"));
        Assert.True(set.Contains(inside));
        Assert.False(set.Contains(outside));
        Assert.Equal(0, Allocations.Of(() => _ = set.Contains(inside) && set.Contains(outside)));
    }

    private const string V4 = "expected four decimal numbers such as 192.0.2.1, or IPv6";
    private const string V6 = "expected IPv6 in groups of up to four hexadecimal digits such as 2001:db8::1";

    private static Network Parse(string text) => Network.TryParse(text, out var network, out var complaint) ? network : throw new ArgumentException(complaint);
}
