/** One request to our own server: JSON in and out, errors as `ApiError` with the server's reference. */
import { type Asked, takeAhead, withQuery } from './ahead';

export class ApiError extends Error {
  readonly status: number;
  readonly detail: string;
  readonly reference: string;
  readonly kind: string; // what the server asks for: sign-in, banner, step-up, purpose, second-person

  constructor(status: number, title: string, detail = '', reference = '', kind = '') {
    super(title);
    this.status = status;
    this.detail = detail;
    this.reference = reference;
    this.kind = kind;
  }
}

const readProblem = async (answer: Response): Promise<ApiError> => {
  const problem = await answer.json().catch(() => null);
  const text = (key: string) => (typeof problem?.[key] === 'string' ? (problem[key] as string) : '');
  const title = text('title').replace(/\.$/, '') || `The server answered ${answer.status}`;
  return new ApiError(answer.status, title, text('detail'), text('reference'), text('type'));
};

export async function call<T>(
  method: string,
  path: string,
  body?: unknown,
  q?: Asked,
  signal?: AbortSignal,
  extra?: Record<string, string>,
): Promise<T> {
  const headers: Record<string, string> = { Accept: 'application/json', 'X-Homeward': '1', ...extra };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  const address = withQuery(path, q);
  const ahead = method === 'GET' ? await takeAhead(address) : null;
  if (ahead !== null) return ahead as T;
  let answer: Response;
  try {
    const text = body === undefined ? undefined : JSON.stringify(body);
    answer = await fetch(address, {
      method,
      headers,
      body: text,
      signal,
      credentials: 'same-origin',
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiError(
      0,
      'The server does not answer',
      'Check that `homeward serve` still runs, then try again.',
    );
  }
  if (!answer.ok) throw await readProblem(answer);
  return (await answer.json()) as T;
}
