using Platform.Host.Commands;

// Ahead of the first socket: a lone line feed ends no line of a request.
AppContext.SetSwitch("Microsoft.AspNetCore.Server.Kestrel.DisableHttp1LineFeedTerminators", true);

return await CommandLine.RunAsync(args);
