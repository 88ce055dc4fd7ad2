namespace Platform.Sdk.Tests;

public sealed class DataMapTests
{
    public static TheoryData<object?, object?> Accepted => new()
    {
        { null, null }, { true, true }, { "text", "text" }, { 'c', "c" }, { 7, 7L }, { (byte)7, 7L }, { uint.MaxValue, 4294967295L },
        { ulong.MaxValue, (decimal)ulong.MaxValue }, { 1.5f, 1.5 }, { 2.5, 2.5 }, { 3.25m, 3.25m },
    };

    public static TheoryData<object, string> Refused => new()
    {
        { new DateTime(2026, 1, 1), "'when' holds a DateTime; a page's data are null, bool, number, string, list or map. Write a date as a string: value.ToString(\"O\")." },
        { double.NaN, "'when' holds a Double that is not finite; a page's data are null, bool, number, string, list or map. Leave it out or write 0." },
        { new object(), "'when' holds a Object; a page's data are null, bool, number, string, list or map. Copy what the template needs into a DataMap." },
        { new Uri("/a", UriKind.Relative), "'when' holds a Uri; a page's data are null, bool, number, string, list or map. Copy what the template needs into a DataMap." },
    };

    [Theory]
    [MemberData(nameof(Accepted))]
    public void Set_ValueOfTheModel_IsKeptInItsOneForm(object? given, object? kept)
    {
        var map = new DataMap { ["key"] = given };
        Assert.Equal(kept, map["key"]);
        Assert.Equal(kept?.GetType(), map["key"]?.GetType());
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void Set_AnyOtherValue_ThrowsNamingKeyAndType(object given, string message)
    {
        var map = new DataMap();
        var exception = Assert.Throws<ArgumentException>(() => map["when"] = given);
        Assert.Equal(message, exception.Message);
        Assert.False(map.ContainsKey("when"));
    }

    [Fact]
    public void Set_ListsAndMapsOfOtherTypes_AreCopiedToTheBottom()
    {
        var inner = new List<object?> { 1, new Dictionary<string, object?> { ["a"] = 2 } };
        var map = new DataMap { ["list"] = inner, ["plain"] = new Dictionary<string, int> { ["n"] = 3 } };
        inner.Add("later");
        var list = Assert.IsType<DataList>(map["list"]);
        Assert.Equal(2, list.Count);
        Assert.Equal(2L, Assert.IsType<DataMap>(list[1])["a"]);
        Assert.Equal(3L, Assert.IsType<DataMap>(map["plain"])["n"]);
    }

    [Fact]
    public void Set_MapOfADerivedClass_IsCopiedToThePlainOne() =>
        Assert.Equal(typeof(DataMap), new DataMap { ["below"] = new OwnMap { ["a"] = 1 } }["below"]!.GetType());

    [Fact]
    public void Set_AfterFreeze_Throws()
    {
        var below = new DataMap { ["a"] = 1 };
        var map = new PageData { ["below"] = below };
        map.Freeze();
        Assert.Throws<InvalidOperationException>(() => map["b"] = 2);
        Assert.Throws<InvalidOperationException>(() => below["b"] = 2);
    }

    [Fact]
    public void Freeze_DataThatContainThemselves_Throws()
    {
        var map = new DataMap();
        map["self"] = new DataList { map };
        Assert.Equal("The data are more than 32 levels deep, or contain themselves.", Assert.Throws<InvalidOperationException>(map.Freeze).Message);
    }

    [Fact]
    public void Freeze_TooDeepOrTooLarge_Throws()
    {
        var deep = new DataMap();
        for (var i = 0; i < 32; i++) deep = new DataMap { ["below"] = deep };
        Assert.Equal("The data are more than 32 levels deep, or contain themselves.", Assert.Throws<InvalidOperationException>(deep.Freeze).Message);
        var large = new DataMap { ["list"] = new DataList(Enumerable.Repeat("x", 100_000)) };
        Assert.Equal("The data hold more than 100,000 values.", Assert.Throws<InvalidOperationException>(large.Freeze).Message);
    }

    private sealed class OwnMap : DataMap;
}
