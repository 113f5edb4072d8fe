### What the totem says, in English.

language-name = English

nav-back = Back
nav-cancel = Cancel
nav-leave = Leave
nav-help = Help
nav-continue = Continue
nav-retry = Try again
nav-page = { $page } of { $pages }
nav-protocol = Protocol { $protocol }

key-clear = Clear
key-letters = ABC
key-digits = 123
key-larger = Larger type
key-smaller = Normal type

identify-title = Pay your bill here
identify-ask = Type the account holder’s CPF or CNPJ
identify-scan = or show the bill’s bar code to the reader
identify-privacy = We use the CPF only to find the account. It leaves the screen when you finish.
identify-short = Some digits are missing. A CPF has 11, a CNPJ has 14.
identify-wrong = This number does not check. Please look at it and try again.
identify-scan-unknown = We do not know this code. Please type the CPF or CNPJ.
identify-scanned = Code read. Now type the account holder's CPF or CNPJ.
identify-scan-half = Only a part was read. Pass the code again, slowly.
identify-scan-stranger = This code is of no open bill here: it may be paid already, or be another company's. Check the paper or type the CPF.
invoices-scan-missing = The bill you scanned is not among your open ones: it may be paid already, or be another company's.
invoices-scan-unasked = We could not check the scanned code now. Choose the bill from the list.
invoices-scan-unknown = We do not know this code. Choose the bill from the list.
search-scan = Looking for the bill of this code…
identify-locked = Many tries. Please wait a minute and try again.

verify-title = Just to be sure it is you
verify-birth = Type the day and month the account holder was born
verify-birth-example = Someone born on 10 May types 1005
verify-phone = Type the last 4 digits of the registered phone
verify-code = Type the code we have sent you

search-customer = Looking for your account…
search-bill = Checking today’s amount…
search-boleto = Getting the boleto…
search-document = Getting the document…
search-pix = Preparing the PIX…
search-slow = This is taking longer than usual. You can wait or cancel.

hello-customer = Hello, { $name }
contracts-title = Which contract would you like to see?

invoices-title = What would you like to pay today?
invoices-total = Total to pay
invoices-count = { $count ->
    [0] Touch the bills you want to pay
    [1] 1 bill chosen
   *[other] { $count } bills chosen
}
invoices-changed = The amount has changed. Please check before paying.
invoices-chosen = Chosen
invoices-not-chosen = Touch to choose
invoices-settling = Payment under way. Do not pay again.
invoices-unknown = Pay with this bill’s boleto or PIX. Touch View.
invoices-details = View
invoices-pay = Pay { $amount }

due-overdue = { $days ->
    [1] Was due yesterday ({ $date })
   *[other] Was due { $days } days ago ({ $date })
}
due-on = Due on { $date }
charge-both = With a late fee of { $fine } and interest of { $interest }
charge-fine = With a late fee of { $fine }
charge-interest = With interest of { $interest }
charge-discount = With a discount of { $discount }

invoice-title = Your bill
invoice-number = Number { $number }
invoice-original = Bill
invoice-fine = Late fee
invoice-interest = Interest
invoice-discount = Discount
invoice-today = Today
invoice-amount-unknown = See the boleto
invoice-show-boleto = See the boleto
invoice-show-document = See the whole bill (PDF)

method-title = How would you like to pay?
method-pix = PIX
method-debit = Debit card
method-credit = Credit card
method-voucher = Benefit card
method-wallet = PIX or digital wallet
method-boleto = Boleto
method-pix-hint = With your phone, right away
method-debit-hint = On the card terminal
method-credit-hint = On the card terminal
method-voucher-hint = On the card terminal
method-wallet-hint = With your phone, right away
method-boleto-hint = To pay later

why-no-receipt = No paper for the receipt now
why-no-tef = The card terminal is not answering now
why-no-erp = The system is not available now
why-no-code = This bill has no code for it
why-no-write-off = The provider does not take this way of paying here
why-too-small = The amount is too small for instalments
why-settling = An earlier payment is still under way
why-unknown = Not available now
notice-no-receipt = No cards today: there is no receipt paper. PIX works.
notice-no-tef = No cards today: the card terminal is not answering. PIX works.
notice-no-erp = The system is not available now. Please try in a little while.
notice-settling = We are finishing an earlier payment. Cards will be back in a moment.

instalments-title = In how many payments?
instalments-once = In full
instalments-times = { $count } payments of { $amount }
instalments-by-issuer = { $count } payments, with your card's interest

pix-title = Pay with PIX
pix-open = Open your bank’s app
pix-scan = Choose PIX and point the camera at the code
pix-wait = Confirm and wait here
pix-by-person = After paying, keep your bank’s receipt. Our staff will check it and record the payment.
pix-by-itself = This screen will tell you by itself when the payment arrives.
pix-expires = The code is good for another { $time }
pix-no-picture = This code is too long for the screen. Cancel and choose another way to pay.
pix-print = Print the code

card-title-debit = Pay by debit card
card-title-credit = Pay by credit card
card-title-voucher = Pay by benefit card
card-title-wallet = Pay by PIX or wallet
card-title-instalments = Pay by credit card in { $count } payments
card-follow = Follow the card terminal
card-printing = Printing your receipt…
card-wait = One moment…
card-yes = Yes
card-no = No
card-answer = Confirm
card-digits-exact = Type { $max } digits
card-digits = { $min ->
    [0] Type up to { $max } digits
   *[other] Type { $min } to { $max } digits
}

boleto-title = Your boleto
boleto-copy = Pay in your bank’s app: type these numbers or point the camera at the bars.
boleto-pix = Or pay by PIX with this code
boleto-print = Print the boleto
boleto-show-document = See the bill as a PDF
print-running = Printing…
print-done = Done! Take the paper below.
print-failed = We could not print it.
send-email = Send to my e-mail
send-sms = Send to my phone by SMS
send-running = Sending…
send-done = Sent! Look at your messages.
send-refused = It was not sent. Touch to try again.
send-unknown = We do not know whether it was sent. See if it arrives.

document-bill = Your bill
document-fiscal-note = Your tax invoice
document-annual-settlement = Annual settlement
document-page = Page { $page } of { $pages }
document-part = Page { $page } of { $pages }, part { $part } of { $parts }
document-failed = This page cannot be opened. See the others or go back.
document-previous = Previous
document-next = Next
document-zoom = Enlarge
document-whole = Whole page
document-print = Print this page

confirming-title = We are confirming your payment
confirming-do = Do not pay again.
confirming-more = Write the protocol down or take a photo of this screen. If you need to, call Help.

undone-title = Your card was not charged
undone-do = The purchase was undone and nothing will be charged. Your bill is still open.
undone-pending-title = The payment was not completed
undone-pending-do = We have asked the card company to undo it. If the amount shows on your card it will be given back. Keep the protocol.
undone-network = { $network } · NSU { $nsu }

paid-title = Payment received. Thank you!
paid-pix = Paid by PIX
paid-debit = Paid by debit card
paid-credit = Paid by credit card
paid-voucher = Paid by benefit card
paid-wallet = Paid by PIX or digital wallet
paid-settled = Your bill is already recorded as paid.
paid-owed = Your payment is being recorded. There is nothing else you need to do.
paid-by-erp = The bank tells your provider by itself. There is nothing else you need to do.
paid-by-hand = Your payment was received. Our staff will record it on your account. Do not pay again.
paid-service-returns = Your internet is back in a few minutes. If not, turn the router off and on.
paid-print = Print the receipt
paid-none = No receipt
paid-more = Pay another bill
paid-leave = Finish

trouble-c1 = We found no account with these details.
trouble-c1-do = Please check the numbers and try again. If it stays like this, call Help.
trouble-c2 = You have no open bills.
trouble-c2-do = Everything is paid. Thank you!
trouble-c3 = This bill has already been paid.
trouble-c3-do = Nothing was charged now. If in doubt, call Help.
trouble-c4 = Many tries in a row.
trouble-c4-do = Please wait a minute and try again. If you need to, call Help.
trouble-c5 = A payment of this bill is still being processed.
trouble-c5-do = Do not pay again. If in doubt, call Help.
trouble-e1 = We cannot reach the system now.
trouble-e1-do = Nothing was charged. Wait a little and try again.
trouble-e2 = The system did not answer as expected.
trouble-e2-do = Nothing was charged. Wait a little and try again.
trouble-t1 = The card was not accepted.
trouble-t1-do = Nothing was charged. Try another card or pay by PIX.
trouble-t2 = The payment was cancelled.
trouble-t2-do = Nothing was charged. You can try again whenever you like.
trouble-t3 = The card terminal is not answering.
trouble-t3-do = Nothing was charged. You can pay by PIX or with the boleto.
trouble-p1 = We could not make the PIX code.
trouble-p1-do = Nothing was charged. Try again or pay with the boleto.
trouble-p2 = This PIX code’s time is over.
trouble-p2-do = If you have paid, do not pay again: the payment will be recognised. If not, ask for a new code.
trouble-b1 = We could not get the boleto.
trouble-b1-do = Try again or choose another way to pay.
trouble-b2 = We could not open this document.
trouble-b2-do = Nothing was charged. You can still pay here; to get the document, call Help.
trouble-b3 = This document does not match your bill.
trouble-b3-do = To be safe it was not opened. Do not pay from it. Our team has been told; you can pay here as usual.
trouble-code = Code { $code }
help-phone = Help: { $phone }

still-title = Are you still there?
still-left = { $seconds ->
    [1] This screen closes in 1 second
   *[other] This screen closes in { $seconds } seconds
}
still-stay = Yes, continue

closed-title = This totem is out of service
closed-journal = We cannot take payments here now. Nothing already paid was lost.
closed-out = It is being looked after. We are sorry for the trouble.
closed-recovering-title = We are about to begin
closed-recovering = We are checking the latest payments. It only takes a moment.
closed-else = You can pay with your bill’s PIX or boleto, or talk to our staff.
closed-since = Since { $when }

# Other services
services-title = What else do you need?
services-more = Other services
service-receipts = Receipt copy
receipts-title = Your payments at this kiosk
receipts-choose = Touch a payment to print its receipt again.
receipts-none = You have no payments at this kiosk.
receipts-no-paper = The printer is out of paper. Come back later or call Help.

help-title = Do you need help?
help-close = Touch Help again to close
help-identify = Touch the numbers to type the CPF or CNPJ of the account holder.
help-verify = Answer with the number keys. It is only to be sure it is you.
help-searching = Please wait a moment. If it takes long, you can cancel.
help-contracts = Touch the contract you would like to see.
help-invoices = Touch the bills you want to pay, and then Pay.
help-invoice = Check the bill. You can pay it now or go back to the others.
help-method = Touch the way you would like to pay.
help-instalments = Touch in how many payments you would like to pay.
help-pix = Close help to see the code. In your bank’s app, choose PIX and point the camera at it.
help-card = Do what the card terminal asks: it says when to insert the card and when to type the PIN.
help-boleto = Close help to see the boleto. Pay in your bank’s app or print it here.
help-document = Close the help to see the document. Touch Enlarge to read it in larger letters, part by part.
help-confirming = Do not pay again. Write the protocol down: with it we find your payment.
help-undone = Keep the protocol. You can try again or leave.
help-paid = Your payment was received. Print the receipt, if you like, and finish.
help-services = Touch what you need, or go back to the bills.
help-receipts = Touch a payment: its receipt is printed again, marked as a copy.
help-trouble = Close help to read what happened and what to do now.
tray-take = This is the paper that came out. Touch to take it.

# What is asked of the provider
search-service = Asking the provider…
search-change = Sending your request to the provider. One moment…
key-space = space
service-plans = My plans
service-unlock = Reconnect on trust
service-tickets = Support requests
service-paid-bills = Paid bills
plans-title = Your plans
plans-unlock = Touch the suspended plan to ask for it back on trust.
plans-incomplete = The provider did not answer everything now. There may be more notices.
plan-active = Active
plan-suspended = Suspended
plan-suspended-unlock = Suspended · touch to reconnect on trust
plan-on-trust = Reconnected on trust
plan-cancelled = Cancelled
tickets-title = Your support requests
tickets-none = No support request was found.
tickets-new = Open a support request
paid-bills-title = Bills you have paid
paid-bills-none = The provider shows no paid bill.
statement-print = Print the latest
service-fiscal-notes = Fiscal notes
service-annual-settlements = Yearly settlement
notes-title = Your fiscal notes
notes-none = The provider shows no fiscal note.
notes-number = Note { $number }
settlements-title = Yearly statement of nothing owed
settlements-none = The provider shows no settled year.
settlements-year = Year { $year }
settlement-slip = touch to print
paper-opens = touch to open
paper-none = no file here; ask at the counter
form-contract-unlock = Which plan do you want back?
form-contract-ticket = Which plan is it about?
form-kind = What is it about?
form-text = Tell us in a few words what happens
form-phone = Which phone, with area code, may we call?
form-confirm-unlock = Reconnect on trust?
form-confirm-ticket = Is everything right?
form-answer-contract = Plan
form-answer-kind = Subject
form-answer-text = What happens
form-answer-phone = Phone
form-unlock-means = The internet comes back for some days, until the date the provider gives. The bills stay open: pay before that date to stay connected. The provider may refuse if it did this not long ago.
form-do-unlock = Reconnect now
form-do-ticket = Open the request
form-short = Please write a little more.
form-phone-wrong = Type the area code and the number, without the zero.
notice-unlock-done = Internet reconnected on trust
notice-unlock-done-do = Pay the open bills so that it is not suspended again. If it does not come back, switch the router off and on.
notice-unlock-refused = The provider did not reconnect now
notice-unlock-unknown = We do not know whether it was reconnected
notice-ticket-done = Support request opened
notice-ticket-done-do = Keep the protocol. The provider's team will call you.
notice-ticket-refused = The request was not opened
notice-ticket-unknown = We do not know whether the request was opened
notice-refused-do = Nothing has changed. If in doubt, call Help.
notice-unknown-do = It was asked for once and no answer came. Do not ask again now: check with Help.
notice-until = Until { $date }
notice-print = Print
notice-more = See my bills
help-plans = Here are your plans and the provider's notices. A suspended plan can be touched.
help-records = Look through the list. The arrows turn the page.
help-form = Answer one question at a time. Back does not erase what you wrote.
help-notice = Read the outcome and keep the protocol. You can print this notice.

# Becoming a customer
identify-join = Become a customer
service-order = Ask for another plan
form-consent = Let us prepare your order
form-consent-text = We will ask for the address, the plan, the CPF or CNPJ, the name and a contact. All of it goes to the provider only, who uses it to prepare your contract and to reach you, as the data protection law (LGPD) allows. This totem keeps nothing of what you type. If you do not agree, touch Back.
form-do-consent = I agree, continue
form-cep = What is the CEP (postcode) of the place?
form-address = Is this the address?
form-address-other = No, I will type it
form-street = Which street?
form-number = Which number? No number: S/N
form-complement = Anything more? (block, flat, house)
form-district = Which district?
form-city = Which city?
form-state = Which state? Only its two letters
form-product = Which plan do you want?
form-due-day = On which day do you want to pay?
form-tax-id = What is the holder's CPF or CNPJ?
form-name = What is the holder's full name?
form-birth = When was the holder born? Day, month and year
form-email = What is your e-mail?
form-optional = If you have none, touch Continue.
form-confirm-join = Is all of this right?
form-confirm-order = Ask for this plan?
form-do-join = Send the order
form-do-order = Send the order
form-answer-address = Address
form-answer-due-day = Day to pay
form-answer-tax-id = CPF or CNPJ
form-answer-name = Name
form-answer-birth = Born on
form-answer-email = E-mail
form-cep-wrong = A CEP has 8 digits.
form-number-wrong = Type the number of the house, or S/N.
form-state-wrong = Type the state's two letters, such as MG.
form-tax-id-wrong = This number does not check. See if you typed it right.
form-name-wrong = Type the name and the surname.
form-date-wrong = There is no such date. Type day, month and year.
form-email-wrong = Something is missing in the e-mail, such as the @.
form-gone = What you had chosen is not in the list any more. Please choose again.
trouble-n1 = No plan is sold at this address.
trouble-n1-do = See if the CEP is right, or call Help.
notice-join-done = Order sent
notice-join-done-do = The provider's team will call you to arrange the rest.
notice-join-refused = The provider did not take the order
notice-join-unknown = We do not know if the order arrived
notice-order-done = Order sent
notice-order-refused = The provider did not take the order
notice-order-unknown = We do not know if the order arrived

# The technician's panel
technician-pin-title = Technician's panel: type the PIN
technician-pin-checking = Checking…
technician-pin-wrong = This PIN is nobody's.
technician-pin-none = No PIN was set. Use: totem technician set-pin
technician-pin-locked = { $minutes ->
    [1] Too many tries. Wait 1 minute.
   *[other] Too many tries. Wait { $minutes } minutes.
}
technician-title = Technician's panel · { $by }
technician-printer = Printer
technician-tef = TEF
technician-erp = ERP
technician-journal = Journal
technician-works = works
technician-fails = does not work
technician-unknown = not known yet
technician-counts = Open: { $open } · need a person: { $person }
technician-out = Out of service
technician-walked = Journal checked on { $when } ({ $facts } facts)
technician-person = Need a person
technician-open = Open payments
technician-receipts = Receipts again
technician-verify = Check the journal
technician-test-print = Print a test
technician-clear-paper = I confirm: no paper is left inside
technician-not-released = The printer is still stopped: take out all paper, close the cover and confirm again.
technician-paper-ready = ready
technician-paper-low = paper is running low
technician-paper-out = out of paper
technician-paper-cover-open = cover open
technician-paper-cutter = cutter jammed
technician-paper-overheated = head too hot
technician-paper-fault = out of order
technician-paper-offline = offline
technician-paper-held = another customer’s paper inside
technician-paper-mute = does not answer
technician-paper-garbled = answers nonsense
technician-paper-absent = not found
technician-paper-in-use = used by another program
technician-paper-denied = no permission for the port
technician-paper-unknown = not known yet
technician-stop = Take out of service
technician-resume = Back to service
technician-resolve = Resolve
technician-copy = Print a second copy
technician-choose = Touch a payment to see all of it.
technician-nothing = Nothing in this list.
technician-resolve-title = What was done with { $protocol }?
technician-resolve-by = It is written into the journal as { $by }'s decision.
technician-recorded = Written into the journal.
technician-not-recorded = It was not written down.
technician-verifying = Checking the whole journal…
technician-journal-whole = The journal is whole.
technician-journal-broken = The journal is not as it was written: no payment is taken.
technician-not-verified = The journal could not be read just now.
technician-not-read = The journal gave no answer.
technician-cards = Card desk
technician-again = Ask again
technician-menu = TEF's menu
technician-reverse = Give the card sale back
technician-reverse-title = Why is { $protocol } given back?
technician-cards-waiting = Waiting for their end: { $count }
technician-cards-untold = The TEF does not tell what waits.
technician-terminal-reverse = Giving { $protocol } back
technician-terminal-menu = TEF's menu
technician-terminal-follow = Follow the pinpad. Do not switch the totem off.
technician-reversed = Given back, and confirmed to the TEF.
technician-reversed-unprinted = Given back. The paper did not come out: print a second copy when the printer is back.
technician-not-reversed = It was not given back.
technician-reversal-unclear = The TEF has not told whether it was given back. The totem keeps asking; do not repeat it.
technician-terminal-busy = The card terminal is busy or did not answer. Try again in a moment.
technician-menu-done = Done at the TEF's menu.
technician-menu-nothing = Nothing was done at the TEF's menu.
technician-menu-unclear = The TEF did not tell how it ended. Ask again before repeating it.
