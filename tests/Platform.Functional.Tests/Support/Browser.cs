using Microsoft.Playwright;

namespace Platform.Functional.Tests;

/// <summary>Chromium, without a window and without what it loads on its own account.</summary>
internal static class Browser
{
    internal static Task<IBrowser> LaunchAsync(IPlaywright playwright) => playwright.Chromium.LaunchAsync(new()
    {
        ExecutablePath = "/usr/bin/chromium",
        Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    });
}
