using System.Diagnostics;
using System.IO.MemoryMappedFiles;

namespace Platform.Bench.Templates.Fuzzing;

/// <summary>The input a worker has in hand, kept in a file that outlives even the death of the process.</summary>
internal sealed class CurrentInput : IDisposable
{
    private const int MostLetters = 2 * 1024 * 1024;

    private readonly MemoryMappedFile file;
    private readonly MemoryMappedViewAccessor view;
    private long started;

    public CurrentInput(string folder, int worker)
    {
        file = MemoryMappedFile.CreateFromFile(Path.Combine(folder, $"current-{worker}"), FileMode.Create, null, sizeof(int) + (MostLetters * sizeof(char)));
        view = file.CreateViewAccessor();
    }

    public string Text { get; private set; } = "";

    public int Model { get; private set; }

    /// <summary>How long the worker has had it; zero between two.</summary>
    public TimeSpan Elapsed => Volatile.Read(ref started) is var from and not 0 ? Stopwatch.GetElapsedTime(from) : TimeSpan.Zero;

    public unsafe void Begin(string text, int model)
    {
        (Text, Model) = (text, model);
        byte* start = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        var length = Math.Min(text.Length, MostLetters);
        *(int*)start = length;
        text.AsSpan(0, length).CopyTo(new Span<char>(start + sizeof(int), MostLetters));
        view.SafeMemoryMappedViewHandle.ReleasePointer();
        Volatile.Write(ref started, Stopwatch.GetTimestamp());
    }

    public TimeSpan End()
    {
        var elapsed = Elapsed;
        Volatile.Write(ref started, 0);
        return elapsed;
    }

    public void Dispose()
    {
        view.Dispose();
        file.Dispose();
    }
}
