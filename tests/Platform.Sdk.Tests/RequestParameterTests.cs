namespace Platform.Sdk.Tests;

public sealed class RequestParameterTests
{
    public static TheoryData<string, RequestPart> Parts => new()
    {
        { nameof(RequestParameter.Path), RequestPart.Path }, { nameof(RequestParameter.UrlPath), RequestPart.Path }, { nameof(RequestParameter.RouteValues), RequestPart.Path },
        { nameof(RequestParameter.Query), RequestPart.Query }, { nameof(RequestParameter.Headers), RequestPart.Headers }, { nameof(RequestParameter.Body), RequestPart.Body },
        { nameof(RequestParameter.ClientAddress), RequestPart.ClientAddress }, { nameof(RequestParameter.User), RequestPart.User }, { nameof(RequestParameter.RequestId), RequestPart.RequestId },
        { nameof(RequestParameter.Theme), RequestPart.None }, { nameof(RequestParameter.Tenant), RequestPart.None }, { nameof(RequestParameter.HttpMethod), RequestPart.None },
    };

    [Theory]
    [MemberData(nameof(Parts))]
    public void Property_WhenRead_IsMarkedAsRead(string property, RequestPart part)
    {
        var request = new RequestParameter();
        typeof(RequestParameter).GetProperty(property)!.GetValue(request);
        Assert.Equal(part, request.PartsRead);
    }

    [Fact]
    public void Fresh_AfterReads_HasNothingReadAndTheSameValues()
    {
        var request = new RequestParameter { Path = "/a", User = new User("7", "Ann", ["edit"]) };
        Assert.Equal("7", request.User.Id);
        var fresh = request.Fresh();
        Assert.Equal(RequestPart.None, fresh.PartsRead);
        Assert.Equal("/a", fresh.Path);
    }
}
