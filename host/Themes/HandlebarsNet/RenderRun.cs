using System.Buffers;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Platform.Host.Themes.HandlebarsNet.Checking;

namespace Platform.Host.Themes.HandlebarsNet;

/// <summary>One rendering on its thread: what it may still cost, and in which file it stands.</summary>
internal sealed class RenderRun : IDisposable
{
    private const int MostPartials = 32;
    private const int TicksBetweenLooks = 16;

    /// <summary>The first rendering of a template runs code that the runtime is still compiling, on a busy machine for long.</summary>
    private const int FirstTimes = 10;

    [ThreadStatic]
    private static RenderRun? current;

    [ThreadStatic]
    private static RenderRun? spare;

    private readonly TemplateSource[] files = new TemplateSource[MostPartials + 1];
    private RenderRun? outer;
    private TimeSpan allowed;
    private long deadline;
    private int ticks;
    private int depth;

    public static RenderRun Current => current ?? throw new InvalidOperationException("No rendering is under way on this thread.");

    public Utf8Output Output { get; } = new();

    public HandlebarsNetSet Set { get; private set; } = null!;

    public RenderNotes? Notes { get; private set; }

    public TemplateSource File => files[depth];

    public static RenderRun Start(HandlebarsNetSet set, TemplateSource source, IBufferWriter<byte> output, RenderLimits limits, RenderNotes? notes, bool isFirst)
    {
        var run = spare ?? new();
        spare = null;
        run.outer = current;
        run.allowed = isFirst ? limits.Timeout * FirstTimes : limits.Timeout;
        run.deadline = Stopwatch.GetTimestamp() + (long)(run.allowed.TotalSeconds * Stopwatch.Frequency);
        run.ticks = 0;
        run.depth = 0;
        run.files[0] = source;
        run.Set = set;
        run.Notes = notes;
        run.Output.Open(output, limits.MaxOutputBytes);
        return current = run;
    }

    /// <summary>Stands at the head of every template, block and loop body.</summary>
    public static void Tick()
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var run = Current;
        if (++run.ticks % TicksBetweenLooks == 0 && Stopwatch.GetTimestamp() > run.deadline) throw new RenderStopped(
            $"rendering took more than {run.allowed.TotalMilliseconds:0} ms; the limit is templates.render_timeout_ms, ten times of it for a template's first rendering. Show less on the page, or prepare the values in the data.");
    }

    /// <summary>Time that a compiler took does not count.</summary>
    public static void Pardon(long ticks)
    {
        if (current is { } run) run.deadline += ticks;
    }

    /// <summary>Text between tags; what compiled templates call.</summary>
    public static void Write(StaticText text) => Current.Output.Write(text);

    public void Enter(TemplateSource? file, string name)
    {
        if (depth >= MostPartials)
        {
            var chain = string.Join(" > ", files.TakeLast(4).Select(f => Path.GetFileNameWithoutExtension(f.File)));
            throw Failure(name, $"partials are nested more than {MostPartials} deep: … > {chain} > {name}. End the recursion with {{{{#if …}}}}.");
        }

        depth++;
        files[depth] = file ?? files[depth - 1];
        Tick();
    }

    public void Leave() => files[depth--] = null!;

    /// <summary>A failure at the first place of the current file, or of one above it, that names a partial.</summary>
    public TemplateException Failure(string partial, string message)
    {
        for (var i = depth; i >= 0; i--)
        {
            if (Call(files[i], partial) is { } place) return files[i].Error(place.Line, place.Column, message);
        }

        if (Call(File, PartialReference.Dynamic) is { } unnamed) return File.Error(unnamed.Line, unnamed.Column, message);

        return File.Error(0, 0, message);
    }

    private static PartialReference? Call(TemplateSource file, string partial) => TemplateReport.Of(file).Partials.FirstOrDefault(p => p.Name == partial);

    public TemplateException Failure(Exception failure) => failure switch
    {
        TemplateException placed => placed,
        RenderStopped stopped => File.Error(0, 0, stopped.Message, stopped),
        InsufficientExecutionStackException => File.Error(0, 0, "rendering nests too deep for the stack. End the recursion with {{#if …}}.", failure),
        _ => File.Error(0, 0, $"rendering failed: {failure.GetType().Name}: {failure.Message}", failure),
    };

    public void Dispose()
    {
        Array.Clear(files);
        Output.Close();
        Set = null!;
        Notes = null;
        current = outer;
        outer = null;
        spare = this;
    }
}

/// <summary>A limit was reached; the run adds the file.</summary>
internal sealed class RenderStopped(string message) : Exception(message);
