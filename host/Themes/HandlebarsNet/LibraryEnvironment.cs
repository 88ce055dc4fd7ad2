using System.Reflection;
using HandlebarsDotNet;
using Platform.Templating;

namespace Platform.Host.Themes.HandlebarsNet;

/// <summary>One configured instance of the library: one per theme, so that themes can't see each other.</summary>
internal sealed class LibraryEnvironment
{
    private const int CompilerStackBytes = 16 * 1024 * 1024;
    private const int MostCompilations = 1000;
    private const short PartialDepth = 64;

    private readonly Lock compiling = new();
    private volatile TemplateSource[] sources = [];
    private readonly IHandlebars library;

    public LibraryEnvironment(ThemeSources theme)
    {
        var configuration = new HandlebarsConfiguration
        {
            TextEncoder = new HandlebarsJsEncoder(),
            FormatProvider = System.Globalization.CultureInfo.InvariantCulture,
            PartialRecursionDepthLimit = PartialDepth,
            FileSystem = null,
        };
        configuration.FormatterProviders.Add(new ValueFormatter());
        configuration.ObjectDescriptorProviders.Add(new ClosedMembers());
        foreach (var helper in BuiltinHelpers.All.Concat(HostHelpers.For(theme.Theme, theme.Ports)).Concat(theme.Helpers).Append(SourceRewriter.Number)) configuration.Helpers[helper.Name] = new HelperAdapter(helper, this);
        configuration.CompileTimeConfiguration.ExpressionMiddleware.Add(new GuardMiddleware(this));
        library = Handlebars.CreateSharedEnvironment(configuration);
        Configuration = (ICompiledHandlebarsConfiguration)(library.GetType()
            .GetProperty("CompiledConfiguration", BindingFlags.Instance | BindingFlags.NonPublic)!
            .GetValue(library) ?? throw new InvalidOperationException("Handlebars.Net gave no compiled configuration."));
    }

    public ICompiledHandlebarsConfiguration Configuration { get; }

    /// <summary>The library keeps every name it ever compiled; after many changes a fresh instance is cheaper.</summary>
    public bool IsWorn => sources.Length > MostCompilations;

    /// <summary>Compiles on a thread with a large stack, one file at a time.</summary>
    /// <exception cref="TemplateException">The file was refused by the check or by the library.</exception>
    public HandlebarsTemplate<TextWriter, object, object> Compile(TemplateSource source)
    {
        if (source.Problem is { } problem) throw source.Error(problem);
        lock (compiling)
        {
            sources = [.. sources, source];
            var text = SourceRewriter.Rewrite(source, sources.Length - 1);
            HandlebarsTemplate<TextWriter, object, object>? result = null;
            Exception? failure = null;
            var thread = new Thread(
                () =>
                {
                    try
                    {
                        result = library.Compile(new StringReader(text));
                    }
                    catch (Exception exception)
                    {
                        failure = exception;
                    }
                },
                CompilerStackBytes) { IsBackground = true, Name = "template compiler" };
            thread.Start();
            thread.Join();
            return result ?? throw LibraryErrors.Explain(source, failure!);
        }
    }

    /// <summary>The source and offset of a position made by <see cref="SourceRewriter.Position"/>.</summary>
    public (TemplateSource Source, int Offset) Place(long position) =>
        (sources[(int)(position >> SourceRewriter.OffsetBits)], (int)(position & ((1 << SourceRewriter.OffsetBits) - 1)));
}
