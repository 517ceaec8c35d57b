/** Recognises addresses of document files, whatever the CMS calls them. */

/** Types in which annual reports have been met, and OFD, the national format. */
const DOCUMENT_FILE = /\.(?:pdf|docx?|wps|xlsx?|et|ofd|rtf|zip|rar|7z)(?:$|[?&#])/iu;

/** Download endpoints of Hanweb, VSB, LonSun, gkmlpt and others. Their names carry no ending, or carry it in the query. */
const DOWNLOAD = /\/module\/download\/downfile\.jsp\?|\/system\/_content\/download\.jsp\?|\/group\d+\/M00\/|\/attachment\/\d|\/_upload\/article\/files\/|\/download(?:file)?\.(?:do|jsp|php|aspx?)\?/iu;

/** Whether the absolute address is a document file's. */
export function isAttachmentAddress(url: string): boolean {
  const { pathname, search } = new URL(url);
  return DOCUMENT_FILE.test(pathname) || DOWNLOAD.test(pathname + search) || DOCUMENT_FILE.test(search);
}
