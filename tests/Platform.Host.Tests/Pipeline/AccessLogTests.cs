using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Reflection;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Platform.Host.Pipeline;

namespace Platform.Host.Tests.Pipeline;

/// <summary>Access lines: what they say, and what becomes of them.</summary>
public sealed class AccessLogTests
{
    private const int TimeLength = 24;

    private static readonly AccessRecord Hit = new(0, IPAddress.Parse("10.0.0.1"), "GET", "/news?page=2", 200, 8123, TimeSpan.FromTicks(3149), "platform; hit; ttl=3520", "0HNQ:1");

    [Theory]
    [InlineData(0, "0.00")]
    [InlineData(49, "0.00")]
    [InlineData(50, "0.01")]
    [InlineData(12_345, "1.23")]
    [InlineData(99_995_000, "9999.50")]
    public void Line_SaysAll_InOneForm(long ticks, string milliseconds)
    {
        var now = new DateTime(2026, 2, 3, 4, 5, 6, 78, DateTimeKind.Utc);
        Assert.Equal($"{now.ToLocalTime():yyyy-MM-dd HH:mm:ss.fff} INF 10.0.0.1 GET /news?page=2 200 8123 {milliseconds} ms [platform; hit; ttl=3520] 0HNQ:1\n", Line(Hit with { Taken = TimeSpan.FromTicks(ticks) }, now));
    }

    [Theory]
    [InlineData("/a\nb", @"/a\u000ab")]
    [InlineData("/\u001b[2J\u009b\u0085", @"/\u001b[2J\u009b\u0085")]
    [InlineData("/\u2028\u202e\u2066", @"/\u2028\u202e\u2066")]
    [InlineData("/grün/日本/😀", "/grün/日本/😀")]
    public void Line_OfAnyText_StaysOneLineAndHarmless(string target, string shown)
    {
        Assert.Contains($" GET {shown} 200 ", Line(Hit with { Target = target }), StringComparison.Ordinal);
        Assert.Contains($" ms [{shown}] ", Line(Hit with { Cache = target }), StringComparison.Ordinal);
    }

    [Fact]
    public void Line_WithHalfACharacter_ShowsItsNumber() =>
        Assert.Contains(@" GET /\ud83d 200 ", Line(Hit with { Target = "/" + (char)0xd83d }), StringComparison.Ordinal);

    [Fact]
    public void Line_OfIPv6_AndOfTheLongestTarget_HasRoom()
    {
        var target = "/" + new string('\u0001', 9000);
        var line = Line(Hit with { Client = IPAddress.Parse("2001:db8:1111:2222:3333:4444:5555:6666"), Target = target, Bytes = long.MaxValue, Taken = TimeSpan.MaxValue });
        Assert.Contains(" 2001:db8:1111:2222:3333:4444:5555:6666 GET /\\u0001\\u0001", line, StringComparison.Ordinal);
        Assert.EndsWith("0HNQ:1\n", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_LeftByManyThreads_AreAllWritten_Whole()
    {
        var output = new Collecting();
        await using (var log = new AccessLog([output], NullLogger.Instance))
        {
            Parallel.For(0, 5000, n => log.Write(Hit with { Target = $"/{n}" }));
            Assert.Equal(0, log.Dropped);
        }

        Assert.Equal(Enumerable.Range(0, 5000).Select(n => $"/{n}").Order(StringComparer.Ordinal), Lines(output).Select(line => line.Split(' ')[5]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Line_LongerThanABlock_IsWrittenWhole_AmongOthers()
    {
        var (output, target) = (new Collecting(), "/" + new string('\u0001', 20_000));
        await using (var log = new AccessLog([output], NullLogger.Instance))
        {
            foreach (var record in new[] { Hit, Hit with { Target = target }, Hit }) log.Write(record);
        }

        Assert.Equal(new[] { Hit, Hit with { Target = target }, Hit }.Select(record => Line(record)[TimeLength..]), Lines(output).Select(line => line[TimeLength..] + "\n"));
    }

    [Fact]
    public async Task Line_BearsTheTime_AtWhichItsRequestEnded_NotThatOfItsWriting()
    {
        var output = new Collecting();
        await using (var log = new AccessLog([output], NullLogger.Instance))
        {
            log.Write(Hit with { Ended = Stopwatch.GetTimestamp() - (3600 * Stopwatch.Frequency) });
        }

        var ended = DateTime.ParseExact(Assert.Single(Lines(output))[..(TimeLength - 1)], "yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal).ToUniversalTime();
        Assert.Equal(DateTime.UtcNow.AddHours(-1), ended, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Lines_ThatTheOutputCannotFollow_AreDroppedAndCounted()
    {
        var output = new Collecting();
        long left = 0;
        await using (var log = new AccessLog([output], NullLogger.Instance))
        {
            output.Gate.Reset();
            var record = Hit with { Target = "/" + new string('x', 8000) };
            while (log.Dropped < 100)
            {
                log.Write(record);
                left++;
            }

            output.Gate.Set();
            left -= log.Dropped;
        }

        Assert.Equal(left, output.Written.ToArray().Count(b => b == '\n'));
    }

    [Fact]
    public async Task Lines_OfAnOutputThatFails_AreCounted_AndTheOthersGoOn()
    {
        var output = new Collecting();
        var log = new AccessLog([new Failing(), output], NullLogger.Instance);
        log.Write(Hit);
        await log.DisposeAsync();
        Assert.Equal(1, log.Dropped);
        Assert.NotEmpty(output.Written.ToArray());
    }

    [Fact]
    public async Task Line_AllocatesNothing()
    {
        await using var log = new AccessLog([new Nowhere()], NullLogger.Instance);
        // Code that is not compiled well yet allocates here and there.
        Assert.True(SpinWait.SpinUntil(() => Allocations.Of(() => log.Write(Hit)) == 0, TimeSpan.FromSeconds(20)), $"A line still allocates {Allocations.Of(() => log.Write(Hit))} bytes.");
    }

    [Fact]
    public void Context_ThatIsUsedAgain_IsAsNew()
    {
        var used = new PageContext();
        foreach (var field in Fields().Where(field => !field.FieldType.IsValueType && field.FieldType != typeof(string) && !field.FieldType.IsInterface && !field.FieldType.IsAbstract))
            field.SetValue(used, System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(field.FieldType));
        foreach (var field in Fields().Where(field => field.FieldType == typeof(bool))) field.SetValue(used, true);
        foreach (var field in Fields().Where(field => field.FieldType == typeof(string))) field.SetValue(used, "of the last visitor");
        foreach (var field in Fields().Where(field => field.FieldType == typeof(long))) field.SetValue(used, 4711L);
        foreach (var field in Fields().Where(field => field.FieldType.IsEnum)) field.SetValue(used, Enum.ToObject(field.FieldType, 1));
        used.Clear();
        var fresh = new PageContext();
        foreach (var field in Fields()) Assert.True(Equals(field.GetValue(fresh), field.GetValue(used)), $"{field.Name} still holds what the last request left there.");

        static FieldInfo[] Fields() => typeof(PageContext).GetFields(BindingFlags.Instance | BindingFlags.NonPublic);
    }

    private static string[] Lines(Collecting output) => Encoding.UTF8.GetString(output.Written.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static string Line(AccessRecord record, DateTime ended = default)
    {
        var memory = new byte[AccessLine.LengthOf(record)];
        return Encoding.UTF8.GetString(memory, 0, AccessLine.Write(record, ended, memory));
    }

    private sealed class Collecting : IAccessOutput
    {
        internal ManualResetEventSlim Gate { get; } = new(true);

        internal MemoryStream Written { get; } = new();

        public void Write(ReadOnlySpan<byte> lines)
        {
            Gate.Wait();
            Written.Write(lines);
        }
    }

    private sealed class Failing : IAccessOutput
    {
        public void Write(ReadOnlySpan<byte> lines) => throw new IOException("no space left");
    }

    private sealed class Nowhere : IAccessOutput
    {
        public void Write(ReadOnlySpan<byte> lines)
        {
        }
    }
}
