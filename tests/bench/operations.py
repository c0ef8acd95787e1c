"""The five reads that are measured, as registered operations."""

DASHBOARD = """query Dashboard { clients(tab: MY_CLIENTS, first: 50) { nodes { id name taxId city
  managers { name kind } pendingWork { sales purchases reconciliations inbox { scans files } entriesToPost newContacts } } } }"""

DOCUMENTS = """query Documents($company: ID!) { salesDocuments(companyId: $company, orderBy: ISSUED_DESC, first: 50) {
  nodes { id number issuedOn dueOn status total outstanding currency contact { id name taxId }
    lines { position description quantity unitPrice base } lastMessage { text authorName createdAt } } } }"""

DOCUMENT = """query Document($id: ID!) { salesDocument(id: $id) { id number issuedOn dueOn status currency description
  taxableBase total outstanding } }"""

PORTAL = """query PortalHome($year: Int!) { portalHome(year: $year) { receivedTotal outstandingTotal pendingEstimates
  averageInvoice invoiceCount salesAndEstimatesByMonth { month sales estimates } } }"""

JOURNAL = """query Journal($company: ID!) { journalLines(companyId: $company, first: 1000) {
  nodes { id position text debit credit entry { id number entryOn text state } } } }"""

ALL = {
    "dashboard": DASHBOARD,
    "documents": DOCUMENTS,
    "document": DOCUMENT,
    "portal": PORTAL,
    "journal": JOURNAL,
}
