using System.Runtime.Loader;

namespace Platform.Host.Plugins.Unloading;

/// <summary>What probably holds a context that was asked to unload: what is found for certain, else what its code suggests.</summary>
internal static class Holders
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    internal static IReadOnlyList<string> Of(AssemblyLoadContext context)
    {
        try
        {
            var found = new HolderSearch(context, Limit).Run(KnownRoots.All());
            if (found.Count > 0) return found;
            var suspected = SuspectedHolders.Of(context);
            return suspected.Count > 0 ? suspected : ["what holds it was not found. A plugin with isolation: process leaves nothing behind."];
        }
        catch (Exception exception)
        {
            // A search through objects that others change meanwhile may meet anything; the leak is told all the same.
            return [$"what holds it was not found ({exception.GetType().Name})."];
        }
    }
}
