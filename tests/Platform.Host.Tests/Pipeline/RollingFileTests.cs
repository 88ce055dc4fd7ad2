using System.Text;
using Platform.Host.Pipeline;

namespace Platform.Host.Tests.Pipeline;

/// <summary>The files of the access lines.</summary>
public sealed class RollingFileTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("pf-rolling-");
    private readonly Clock clock = new();

    [Fact]
    public void File_OfADay_IsWrittenOn_AndTheNextDayHasItsOwn()
    {
        using (var file = Open()) Write(file, "one\n");
        using (var again = Open())
        {
            Write(again, "two\n");
            clock.Now = clock.Now.AddDays(1);
            Write(again, "three\n");
        }

        Assert.Equal([("access-20260203.log", "one\ntwo\n"), ("access-20260204.log", "three\n")], Written());
    }

    [Fact]
    public void File_ThatIsFull_IsFollowedByAnother_AndNoLineIsCut()
    {
        using (var file = Open(maxBytes: 12)) Write(file, "line 1\nline 2\nline 3\na line longer than any file\nline 4\n");
        Assert.Equal([("access-20260203.log", "line 1\n"), ("access-20260203_001.log", "line 2\n"), ("access-20260203_002.log", "line 3\n"), ("access-20260203_003.log", "a line longer than any file\n"), ("access-20260203_004.log", "line 4\n")], Written());
    }

    [Fact]
    public void Files_BeyondThoseThatAreKept_AreDeleted_AndOthersAreNot()
    {
        foreach (var name in new[] { "access-20250101.log", "access-20260202_002.log", "access-20260202_010.log", "access-notes.log", "platform-20250101.log" }) File.WriteAllText(Path.Combine(folder.FullName, name), "");
        using (var file = Open(maxFiles: 2)) Write(file, "x\n");
        Assert.Equal(["access-20260202_010.log", "access-20260203.log", "access-notes.log", "platform-20250101.log"], Written().Select(file => file.Name));
    }

    [Fact]
    public void File_OfTwoServers_HoldsTheLinesOfBoth()
    {
        using var one = Open();
        using var two = Open();
        Write(one, "one\n");
        Write(two, "two\n");
        Write(one, "three\n");
        Assert.Equal([("access-20260203.log", "one\ntwo\nthree\n")], Written());
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static void Write(RollingFile file, string lines) => file.Write(Encoding.UTF8.GetBytes(lines));

    private RollingFile Open(long maxBytes = 1000, int maxFiles = 14) => new(Path.Combine(folder.FullName, "access-.log"), maxBytes, maxFiles, clock);

    private (string Name, string Text)[] Written() => [.. folder.GetFiles().OrderBy(file => file.Name, StringComparer.Ordinal).Select(file => (file.Name, File.ReadAllText(file.FullName)))];

    private sealed class Clock : TimeProvider
    {
        internal DateTimeOffset Now { get; set; } = new(2026, 2, 3, 12, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;

        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;
    }
}
