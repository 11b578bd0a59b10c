namespace Jarvis.Application.Speech.Text;

/// <summary>Kind of a line of Markdown, by its start.</summary>
internal enum SpokenLineKind
{
    Blank,
    Text,
    Item,
    Heading,

    /// <summary>Horizontal rule, line under a heading, or link target; inaudible.</summary>
    Rule,

    Fence,
    TableRow,
}
