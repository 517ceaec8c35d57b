/** The part of word-extractor 1.0.4 that is used here; the package brings no types. */
declare module 'word-extractor' {
  export default class WordExtractor {
    extract(source: Buffer | string): Promise<{ getBody(): string; getHeaders(): string; getFootnotes(): string }>;
  }
}
