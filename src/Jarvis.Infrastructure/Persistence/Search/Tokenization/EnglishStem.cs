using Lucene.Net.Tartarus.Snowball.Ext;

namespace Jarvis.Infrastructure.Persistence.Search.Tokenization;

/// <summary>Stems English words by Snowball's algorithm, after mapping irregular forms to one word.</summary>
internal static class EnglishStem
{
    public static string Stem(string word)
    {
        // A stemmer keeps state in fields, so each word gets its own. The process stems each word once.
        var stemmer = new EnglishStemmer();
        stemmer.SetCurrent(IrregularForms.Find(word));
        stemmer.Stem();

        return stemmer.Current;
    }
}
