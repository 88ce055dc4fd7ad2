/// <summary>Changes what belongs to the whole process: folder, culture, console, pool, environment.</summary>
public sealed class ChangesProcessState : Misbehaving
{
    protected override ValueTask<PageData?> MisbehaveAsync(RequestParameter request, CancellationToken cancel)
    {
        Directory.SetCurrentDirectory("/");
        var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = comma;
        Console.SetOut(TextWriter.Null);
        ThreadPool.SetMinThreads(1, 1);
        ThreadPool.SetMaxThreads(2, 2);
        Environment.SetEnvironmentVariable("PLATFORM_SERVER__ENVIRONMENT", "gallery");
        return Answer("changed");
    }
}
