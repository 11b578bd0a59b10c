using Markdig.Extensions.TaskLists;
using Markdig.Renderers;
using Markdig.Renderers.Html;

namespace Jarvis.Web.Rendering;

/// <summary>A box to tick as a sign: a real one could be ticked by nobody and would want a label.</summary>
internal sealed class TaskHtml : HtmlObjectRenderer<TaskList>
{
    protected override void Write(HtmlRenderer renderer, TaskList obj) => renderer.Write(obj.Checked ? "☑" : "☐");
}
