using Platform.Host.Commands;
using Platform.Host.Plugins.Isolation.Child;
using Platform.Host.Plugins.Unloading;

// First of all, for nothing of the rest is of use to a plugin's process, and a plugin waits for it.
if (args is ["plugin-host", ..]) return ChildHost.Run(args);

NativeHeap.Share();

// Ahead of the first socket: a lone line feed ends no line of a request.
AppContext.SetSwitch("Microsoft.AspNetCore.Server.Kestrel.DisableHttp1LineFeedTerminators", true);

return await CommandLine.RunAsync(args);
