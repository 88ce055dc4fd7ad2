namespace Platform.Bench.Templates.Escaping { internal static class EscapingRun { public static int Run(string a) => 1; } }
