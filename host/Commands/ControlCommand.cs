namespace Platform.Host.Commands;

/// <summary>Asks the running servers of a site something, and prints what they say.</summary>
public static class ControlCommand
{
    /// <summary>Asks each server, and prints what it says.</summary>
    /// <returns>0 where every server did it, 1 where one did not or none runs.</returns>
    public static async Task<int> RunAsync(string configFile, HttpMethod method, string command)
    {
        var servers = new RunningServers(configFile);
        var answers = await servers.AskAsync(method, command);
        foreach (var answer in answers)
        {
            Console.Write(answer.Text);
            if (answer.Error is not null) await Console.Error.WriteLineAsync($"platform: {answer.Socket}: {answer.Error}");
        }

        if (answers.Count == 0) await Console.Error.WriteLineAsync($"platform: no server runs for {Path.GetFullPath(configFile)}; expected a control socket in {servers.DataFolder}. Start one with \"platform serve\".");
        return answers.Count > 0 && answers.All(answer => answer.IsDone) ? 0 : 1;
    }
}
