import { answerRequests } from './answer-requests.ts';
import { examine } from './examine.ts';

// What ends a process that hostile input gets the better of is this process, and no other.
answerRequests(examine);
