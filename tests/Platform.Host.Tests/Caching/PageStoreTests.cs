using Microsoft.Extensions.Logging.Abstractions;
using Platform.Host.Caching;
using Platform.Host.Configuration;
using Platform.Host.Security;

namespace Platform.Host.Tests.Caching;

/// <summary>The store without a Redis.</summary>
public sealed class PageStoreTests : IAsyncDisposable
{
    private readonly PageStore store = new(new Signer(new byte[32]), TimeProvider.System, NullLogger.Instance);

    public PageStoreTests() => store.Configure(new CacheOptions { StaleWhileRevalidate = TimeSpan.FromSeconds(60), StaleIfError = TimeSpan.FromSeconds(300) }, new RedisOptions());

    [Fact]
    public async Task Clear_OfATag_DropsExactlyThePagesThatBearIt()
    {
        foreach (var (key, tag) in new[] { ("a", "news"), ("b", "list"), ("c", "news") }) Assert.True(store.Store(key, Pages.Of(key, tag), store.Now));
        store.StoreVariants("d", new(true, false, [], [], []), store.Now);
        await store.ClearAsync("news");
        Assert.Equal(["b", "d"], store.Entries().Select(item => item.Key).Order());
        Assert.Null(store.Find("a"));
        Assert.NotNull(store.Find("b"));
        await store.ClearAsync();
        Assert.Empty(store.Entries());
        Assert.Equal((0, 0L), (store.Memory!.Count, store.Memory.Bytes));
    }

    [Fact]
    public async Task Store_OfAPageBegunBeforeAPurge_RefusesItByItsTags()
    {
        var begun = store.Now;
        await store.ClearAsync("news");
        Assert.False(store.Store("a", Pages.Of("a", "news"), begun));
        Assert.True(store.Store("b", Pages.Of("b", "list"), begun));
        Assert.True(store.Store("a", Pages.Of("a", "news"), store.Now));
        begun = store.Now;
        await store.ClearAsync();
        Assert.False(store.Store("b", Pages.Of("b", "list"), begun));
        Assert.Null(store.Find("a"));
    }

    [Theory]
    [InlineData(10, true, true)]
    [InlineData(-10, true, false)]
    [InlineData(-290, true, false)]
    [InlineData(-310, false, false)]
    public void Find_OfAPageThatIsTooOld_GivesItUntilTheLongerStaleWindowIsOver(int secondsLeft, bool isFound, bool isHit)
    {
        store.Store("a", Pages.Of("a"u8.ToArray(), TimeSpan.FromSeconds(secondsLeft)), store.Now);
        var page = store.Find("a") as CachedPage;
        Assert.Equal(isFound, page is not null);
        Assert.Equal(isHit ? 1 : 0, store.Hits);
        if (page is null) return;
        Assert.Equal(isHit, page.IsFresh);
        Assert.InRange(page.SecondsLeft, secondsLeft - 2, secondsLeft);
        Assert.Equal(secondsLeft > -60, page.IsUsable(TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public void StoreVariants_AddsToWhatIsKnown()
    {
        store.StoreVariants("a", new(false, false, ["page"], [], []), store.Now);
        store.StoreVariants("a", new(true, false, [], [], []), store.Now);
        Assert.Equal(new KeyParts(true, false, ["page"], [], []), Assert.IsType<PageVariants>(store.Find("a")).Parts);
    }

    [Fact]
    public void Find_OfAHit_AllocatesNothing()
    {
        store.Store("a", Pages.Of("a", "news"), store.Now);
        Assert.Equal(0, Allocations.Of(() =>
        {
            for (var turn = 0; turn < 1000; turn++) Assert.True(store.Find("a") is CachedPage { IsFresh: true });
        }));
    }

    [Fact]
    public async Task AwaitOthers_WithoutRedis_ReturnsAtOnce()
    {
        var asked = store.AwaitOthersAsync("a");
        Assert.True(asked.IsCompletedSuccessfully);
        Assert.Null(await asked);
        store.Release("a");
    }

    [Fact]
    public void Jittered_IsUpToATenthShorter()
    {
        var lives = Enumerable.Range(0, 1000).Select(_ => CacheOptions.Jittered(TimeSpan.FromSeconds(100)).TotalSeconds).ToList();
        Assert.All(lives, life => Assert.InRange(life, 90, 100));
        Assert.True(lives.Max() - lives.Min() > 5, "Lives hardly differ.");
    }

    public ValueTask DisposeAsync() => store.DisposeAsync();
}
