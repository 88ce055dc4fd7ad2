using System.Text;

namespace Platform.Functional.Tests.Access;

/// <summary>The form of the notice at /warning: its few bytes are read, and nothing that would take a file.</summary>
public sealed class ConfirmationFormTests
{
    private const string Form = "application/x-www-form-urlencoded";

    [Theory]
    [InlineData(Form, "returnUrl=%2Fnews%3Fpage%3D2", "/news?page=2")]
    [InlineData(Form + "; charset=UTF-8", "other=1&returnUrl=%2Fnews&more=2", "/news")]
    [InlineData("APPLICATION/X-WWW-FORM-URLENCODED", "returnUrl=/news", "/news")]
    [InlineData(Form, "returnUrl=%2Fnews%3Fq%3Da%2Bb", "/news?q=a+b")]
    [InlineData(Form, "returnUrl=%2F%2Fevil.example", "/")]
    [InlineData(Form, "", "/")]
    [InlineData(null, "", "/")]
    public async Task Form_AsBrowsersSendIt_LeadsBack(string? type, string body, string location)
    {
        using var site = Site();
        await using var server = await RunningServer.StartAsync(site);
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        if (type is not null) content.Headers.TryAddWithoutValidation("Content-Type", type);
        var visitor = server.Visitor();
        var reply = await visitor.SendAsync(HttpMethod.Post, "/warning", content);
        Assert.Equal((303, location, "no-store"), (reply.Code, reply.Location, reply.Header("Cache-Control")));
        Assert.Equal(200, (await visitor.GetAsync("/plain")).Code);
    }

    [Fact]
    public async Task Form_SentInPieces_IsReadWhole()
    {
        using var site = Site();
        await using var server = await RunningServer.StartAsync(site);
        var answer = await RawConnection.ExchangeAsync(
            server.Url,
            $"POST /warning HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Type: {Form}\r\nTransfer-Encoding: chunked\r\n\r\nd\r\nreturnUrl=%2F\r\n4\r\nnews\r\n0\r\n\r\n");
        Assert.Equal(303, RawConnection.StatusOf(answer));
        Assert.Contains("\r\nLocation: /news\r\n", answer, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Form_OfParts_IsRefused_AndConfirmsNothing(bool withFile)
    {
        using var site = Site();
        await using var server = await RunningServer.StartAsync(site);
        using var form = new MultipartFormDataContent { { new StringContent("/news"), "returnUrl" } };
        if (withFile) form.Add(new ByteArrayContent(new byte[100_000]), "file", "file.bin");
        var visitor = server.Visitor();
        var reply = await visitor.SendAsync(HttpMethod.Post, "/warning", form);
        Assert.Equal((415, null), (reply.Code, reply.Header("Set-Cookie")));
        Assert.Equal(302, (await visitor.GetAsync("/plain")).Code);
    }

    private static TestSite Site() => TestSite.Small("plain").Configure("ip_access_control", "unlisted: warn");
}
