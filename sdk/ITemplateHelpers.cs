namespace Platform.Sdk;

/// <summary>
/// What a plugin implements beside <see cref="IPlugin"/> where it brings helpers: functions that the templates of every
/// theme call, <c>{{shout name}}</c>, <c>{{#times 3}}…{{/times}}</c>.
/// </summary>
/// <remarks>
/// A helper runs on the thread that renders the page, from many pages at once. It has no deadline of its own and must not
/// wait for anything: what takes time belongs into the page's data. One that throws costs the page: it becomes an error
/// page, and the log names helper, plugin, template, line and column.
/// </remarks>
public interface ITemplateHelpers
{
    /// <summary>
    /// The helpers; asked once, when <see cref="IPlugin.InitAsync"/> is done. Of two plugins with a helper of one name the
    /// later in plugin order wins, and either wins over a helper that comes with the server. The blocks that come with it
    /// (<c>if</c>, <c>unless</c>, <c>each</c>, <c>with</c>), <c>lookup</c>, <c>asset</c> and <c>nonce</c> can't be replaced: such a plugin is not used.
    /// </summary>
    IReadOnlyList<TemplateHelper> Helpers { get; }
}
