namespace Platform.Sdk.Tests;

public sealed class ApiResultTests
{
    [Fact]
    public void Ok_WithAList_HoldsItInTheModel() => Assert.Equal(2, Assert.IsType<DataList>(ApiResult.Ok(new[] { 1, 2 }).Value).Count);

    [Fact]
    public void Fail_WithCode_IsAFailure()
    {
        var result = ApiResult.Fail(404, "article_unknown", "No article 7.", redirect: "/news");
        Assert.Equal((404, "article_unknown", "No article 7.", "/news"), (result.Status, result.Code, result.Message, result.Redirect));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(600)]
    public void Fail_WithAStatusThatIsNone_Throws(int status) => Assert.Throws<ArgumentOutOfRangeException>(() => ApiResult.Fail(status, "code", ""));
}
