namespace Platform.Sdk.Tests;

public sealed class RequestParameterTests
{
    public static TheoryData<string, RequestPart> Parts => new()
    {
        { nameof(RequestParameter.Path), RequestPart.Path }, { nameof(RequestParameter.UrlPath), RequestPart.Path }, { nameof(RequestParameter.RouteValues), RequestPart.Path },
        { nameof(RequestParameter.Body), RequestPart.Body },
        { nameof(RequestParameter.ClientAddress), RequestPart.ClientAddress }, { nameof(RequestParameter.User), RequestPart.User }, { nameof(RequestParameter.RequestId), RequestPart.RequestId },
        { nameof(RequestParameter.Theme), RequestPart.None }, { nameof(RequestParameter.Tenant), RequestPart.None }, { nameof(RequestParameter.HttpMethod), RequestPart.None },
    };

    [Theory]
    [MemberData(nameof(Parts))]
    public void Property_WhenRead_IsMarkedAsRead(string property, RequestPart part)
    {
        var request = new RequestParameter();
        typeof(RequestParameter).GetProperty(property)!.GetValue(request);
        Assert.Equal(part, request.Reads.Parts);
    }

    [Fact]
    public void Fresh_AfterReads_HasNothingReadAndTheSameValues()
    {
        var request = new RequestParameter { Path = "/a", User = new User("7", "Ann", ["edit"]) };
        Assert.Equal("7", request.User.Id);
        var fresh = request.Fresh();
        Assert.Equal(RequestPart.None, fresh.Reads.Parts);
        Assert.Equal("/a", fresh.Path);
    }

    [Fact]
    public void Query_ReadByName_IsMarkedForThatName_ThereOrNot()
    {
        var request = new RequestParameter { Query = new Dictionary<string, string> { ["tag"] = "a", ["utm"] = "x" } };
        _ = request.Query;
        Assert.Equal(RequestPart.None, request.Reads.Parts);
        Assert.Equal("a", request.Query["tag"]);
        Assert.False(request.Query.ContainsKey("page"));
        Assert.Equal((RequestPart.Query, RequestPart.None), (request.Reads.Parts, request.Reads.Whole));
        Assert.Equal(["page", "tag"], request.Reads.Names(RequestPart.Query));
        Assert.Equal(2, request.Query.Count);
        Assert.Equal(RequestPart.Query, request.Reads.Whole);
    }

    [Fact]
    public void Headers_AndCookies_ReadByName_AreMarkedForThatName()
    {
        var request = new RequestParameter { Headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["Accept-Language"] = "de" }, Cookies = new Dictionary<string, string> { ["Look"] = "dark" } };
        Assert.Equal(("de", "dark"), (request.Headers["accept-LANGUAGE"], request.Cookies["Look"]));
        Assert.Equal(["accept-language"], request.Reads.Names(RequestPart.Headers));
        Assert.Equal(["Look"], request.Reads.Names(RequestPart.Cookies));
        foreach (var _ in request.Headers) break;
        Assert.Equal(RequestPart.Headers, request.Reads.Whole);
    }

    [Fact]
    public void Reads_OfTooManyNames_AreOfTheWhole()
    {
        var request = new RequestParameter();
        for (var i = 0; i <= RequestReads.MostNames; i++) request.Query.TryGetValue($"k{i}", out _);
        Assert.Equal(RequestPart.Query, request.Reads.Whole);
    }
}
