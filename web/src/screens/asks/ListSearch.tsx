import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { type ListRow, searchList } from '../../lib/api.gen';
import { count, many } from '../../lib/format';
import { useKept } from '../../lib/kept';
import { keepSearch } from '../../lib/pending';
import { navigate } from '../../lib/router';
import { Failed, Note } from '../../ui/states';
import { HitTable } from './HitTable';

const MOST_TERMS = 10_000;
const AT_ONCE = 500; // terms a request, so that the table fills while one waits
const LONGEST = 400;

/** Terms of a pasted text or file: a term a line, or the first column of a table; each once. */
export const termsOf = (text: string): string[] => {
  const lines = text.split(/\r\n|\r|\n/).map((line) => line.split('\t')[0]!.trim());
  return [...new Set(lines.filter(Boolean).map((line) => line.slice(0, LONGEST)))];
};

/** Search a whole list at once: a row a term, with what it was read as and how many ads have it. */
export const ListSearch = () => {
  const [text, setText] = useKept('list: text', '');
  const [rows, setRows] = useKept<ListRow[]>('list: rows', []);
  const [searched, setSearched] = useKept('list: searched', '');
  const [fileError, setFileError] = useState('');
  const stop = useRef<AbortController | null>(null);
  const terms = termsOf(text);
  const ask = useMutation({
    mutationFn: async (all: string[]) => {
      stop.current?.abort();
      const here = new AbortController();
      stop.current = here;
      setRows([]);
      setSearched('');
      for (let at = 0; at < all.length; at += AT_ONCE) {
        const page = await searchList({ terms: all.slice(at, at + AT_ONCE) }, here.signal);
        if (here.signal.aborted) return;
        setRows((was) => [...was, ...page.rows]);
        setSearched((was) => was || page.searched);
      }
    },
  });
  const read = (file: File | undefined) => {
    setFileError('');
    if (!file) return;
    file.text().then(setText, () => setFileError('The file could not be read as text.'));
  };
  const open = (row: ListRow) => {
    keepSearch({ text: row.term });
    navigate('/search');
  };
  const tooMany = terms.length > MOST_TERMS;
  return (
    <div className="ask-page">
      <h1>Search a list</h1>
      <p className="meta lead-in">
        One term a line, up to {count(MOST_TERMS)}: numbers, handles, e-mail addresses, names or anything that
        a search understands. The list is searched here and written to the log with your name; it is not kept
        otherwise.
      </p>
      <form
        className="form"
        onSubmit={(e) => {
          e.preventDefault();
          if (terms.length && !tooMany) ask.mutate(terms);
        }}
      >
        <label>
          Terms
          <textarea
            rows={8}
            value={text}
            spellCheck={false}
            autoComplete="off"
            placeholder={'(702) 555-0134\n@river_lane\nname:amber city:reno'}
            onChange={(e) => setText(e.target.value)}
          />
        </label>
        <div className="row">
          <button type="submit" className="button main" disabled={!terms.length || tooMany || ask.isPending}>
            {ask.isPending
              ? `${count(rows.length)} of ${count(terms.length)} …`
              : `Search ${many(terms.length, 'term')}`}
          </button>
          <label className="button file">
            Choose a text file
            <input
              type="file"
              accept=".txt,.csv,.tsv,text/plain"
              onChange={(e) => read(e.target.files?.[0])}
            />
          </label>
        </div>
        {tooMany && (
          <Note tone="warn">A list holds up to {count(MOST_TERMS)} terms. Search it in parts.</Note>
        )}
        {fileError && <Note tone="warn">{fileError}</Note>}
      </form>
      {ask.isError && (
        <Failed error={ask.error} what="The list could not be searched" retry={() => ask.mutate(terms)} />
      )}
      {rows.length > 0 && <HitTable rows={rows} searched={searched} onOpen={open} />}
    </div>
  );
};
