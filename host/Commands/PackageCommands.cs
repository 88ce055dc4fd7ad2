using System.CommandLine;
using Platform.Host.Plugins.Packages;

namespace Platform.Host.Commands;

/// <summary>What a plugin's author needs before there is a server: a new project, a package of it.</summary>
public static class PackageCommands
{
    /// <summary><c>new plugin NAME</c>.</summary>
    public static Command New()
    {
        var name = new Argument<string>("NAME") { Description = "1 to 64 letters, digits, '-', '_' or '.'" };
        var folder = new Option<string?>("--folder") { Description = "where the plugin's folder is made; default: here", HelpName = "DIR" };
        var sdk = new Option<string?>("--sdk") { Description = "the folder of Platform.Sdk.csproj; default: the nearest folder sdk upward, else the assembly of this server", HelpName = "FOLDER" };
        var package = new Option<string?>("--package") { Description = "the SDK as a package, of this version or of this server's", HelpName = "VERSION", Arity = ArgumentArity.ZeroOrOne };
        var plugin = new Command("plugin", "Write the project of a new plugin, with tests, that builds as it stands") { name, folder, sdk, package };
        plugin.SetAction((parsed, _) => GuardedAsync(() =>
        {
            var called = parsed.GetValue(name)!;
            // Ahead of any path that is made of it.
            if (!PackageName.IsPossible(called, out var complaint)) throw new PackageException($"NAME: {complaint}");
            var target = Path.GetFullPath(Path.Combine(parsed.GetValue(folder) ?? ".", called));
            var source = parsed.GetResult(package) is not null ? SdkSource.Package(parsed.GetValue(package) ?? SdkVersion)
                : parsed.GetValue(sdk) is { } given ? SdkSource.Project(given, target)
                : SdkSource.Nearest(target);
            foreach (var file in NewProject.Write(ProjectTemplate.CSharp, called, target, source)) Console.WriteLine(Path.Combine(target, file));
            Console.WriteLine($"next: dotnet build {target}; its page is /{called} once the folder lies in a site's plugins/");
            return Task.FromResult(0);
        }));
        return new Command("new", "Begin something") { plugin };
    }

    /// <summary><c>pack [FOLDER]</c>.</summary>
    public static Command Pack()
    {
        var folder = new Argument<string>("FOLDER") { Description = "the plugin's folder, built; default: here", DefaultValueFactory = _ => "." };
        var output = new Option<string?>("--output", "-o") { Description = "the archive; default: NAME-VERSION.zip here", HelpName = "FILE" };
        var pack = new Command("pack", "Make one archive of a built plugin's folder, for \"platform plugin install\"") { folder, output };
        pack.SetAction((parsed, _) => GuardedAsync(() =>
        {
            var packed = PackageWriter.Write(parsed.GetValue(folder)!, parsed.GetValue(output));
            Console.WriteLine($"{packed.File}: {packed.Name} {packed.Version}, {packed.Count} files, {packed.Bytes:N0} bytes");
            return Task.FromResult(0);
        }));
        return pack;
    }

    private static string SdkVersion => typeof(Platform.Sdk.IPlugin).Assembly.GetName().Version!.ToString(3);

    /// <summary>Does it; what is refused is said in a line.</summary>
    internal static async Task<int> GuardedAsync(Func<Task<int>> act)
    {
        try
        {
            return await act();
        }
        catch (Exception exception) when (exception is PackageException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"platform: {exception.Message}");
            return 1;
        }
    }
}
