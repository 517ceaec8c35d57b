/** English for the rows and columns of the statutory tables of 2019 and 2021. Those of the annex of 2014 stay Chinese: the form has no English. */

const ENGLISH: Readonly<Record<string, string>> = {
  // Applicants
  natural: 'Natural persons', commercial: 'Businesses', research: 'Research institutions', welfare: 'Public-interest organisations', legal: 'Legal-service bodies', other: 'Other', total: 'Total',
  // Outcomes of reviews and suits
  upheld: 'Upheld', corrected: 'Corrected', pending: 'Pending', review: 'Administrative review', suitDirect: 'Lawsuit without prior review', suitAfterReview: 'Lawsuit after review',
  // Requests
  new: 'New requests this year', carriedIn: 'Carried over from last year', carriedOut: 'Carried over to next year', 'r.total': 'Handled: total', 'r.open': 'Granted', 'r.partial': 'Granted in part',
  'r.denied.stateSecret': 'Refused: state secret', 'r.denied.lawForbidden': 'Refused: forbidden by law', 'r.denied.threeSecurities': 'Refused: endangers security or stability',
  'r.denied.thirdParty': 'Refused: rights of third parties', 'r.denied.internalAffairs': 'Refused: internal affairs', 'r.denied.process': 'Refused: process information',
  'r.denied.enforcementFile': 'Refused: enforcement case file', 'r.denied.adminQuery': 'Refused: administrative query', 'r.unable.notHeld': 'Unable: not held',
  'r.unable.needsCreation': 'Unable: would have to be created', 'r.unable.stillUnclear': 'Unable: still unclear after correction', 'r.notProcessed.petition': 'Not processed: petition or complaint',
  'r.notProcessed.repeat': 'Not processed: repeated request', 'r.notProcessed.publication': 'Not processed: asks for a publication', 'r.notProcessed.abusive': 'Not processed: unreasonably many requests',
  'r.notProcessed.reissue': 'Not processed: asks for confirmation or reissue', 'r.other': 'Other handling', 'r.other.overdueCorrection': 'Other: correction overdue', 'r.other.overdueFee': 'Other: fee overdue', 'r.other.misc': 'Other: other',
  // Proactive disclosure
  'art20_1.rule': 'Art. 20 (1): rules', 'art20_1.normative': 'Art. 20 (1): normative documents', 'art20_5.licence': 'Art. 20 (5): licences', 'art20_5.otherService': 'Art. 20 (5): other services',
  'art20_6.penalty': 'Art. 20 (6): penalties', 'art20_6.coercion': 'Art. 20 (6): coercive measures', 'art20_8.fee': 'Art. 20 (8): fees', 'art20_9.procurement': 'Art. 20 (9): central procurement',
  issued: 'Issued this year', repealed: 'Repealed this year', inForce: 'In force', decisions: 'Decisions', amountWan: 'Amount (10,000 yuan)', made: 'Newly made', published: 'Newly published', publishedTotal: 'Published in all',
  itemsPrev: 'Items last year', change: 'Change this year', projects: 'Projects', amount: 'Amount', count: 'Count',
};

/** The English of a row or column key, also of `review.upheld`; null when there is none. */
export function englishLabel(key: string): string | null {
  const whole = ENGLISH[key];
  if (whole !== undefined) return whole;
  const [group = '', outcome = ''] = key.split('.');
  const [first, second] = [ENGLISH[group], ENGLISH[outcome]];
  return key.split('.').length === 2 && first !== undefined && second !== undefined ? `${first}: ${second.toLowerCase()}` : null;
}
