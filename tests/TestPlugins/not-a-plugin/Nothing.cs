namespace Platform.TestPlugins;

public static class Nothing
{
    public static int Zero => 0;
}
