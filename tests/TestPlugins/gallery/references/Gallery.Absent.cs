// A library that is never copied beside the plugin that needs it.
namespace Gallery.Absent
{
    public class Library
    {
        public static string Say() => "present";
    }
}
