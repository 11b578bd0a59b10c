namespace Jarvis.Application.Speech.Text;

/// <summary>Reads a table row by row, each cell with the name of its column: “City: Gdańsk, People: 487 thousand.”</summary>
internal sealed class TableReader
{
    private string[]? columns;

    public bool IsOpen => columns is not null;

    public static string[] SplitCells(string row)
    {
        var cells = new List<string>();
        var from = 0;
        row = row.Trim().Trim('|');
        for (var i = 0; i <= row.Length; i++)
        {
            if (i == row.Length || (row[i] == '|' && (i == 0 || row[i - 1] != '\\')))
            {
                cells.Add(InlineStripper.Strip(row[from..i].Replace("\\|", "|", StringComparison.Ordinal)));
                from = i + 1;
            }
        }

        return [.. cells];
    }

    public void Open(string header) => columns = SplitCells(header);

    public void Close() => columns = null;

    public string ReadRow(string row) => string.Join(", ", SplitCells(row)
        .Select((cell, column) => (Cell: cell, Name: columns?.ElementAtOrDefault(column)))
        .Where(part => part.Cell.Length > 0)
        .Select(part => string.IsNullOrEmpty(part.Name) ? part.Cell : $"{part.Name}: {part.Cell}"));
}
