"""The operations that the tests' server has registered, as an app would have written them."""

REGISTERED = {
    "Who": "query Who{viewer{id role name}}",
    "Contacts": (
        "query Contacts($companyId:ID!$first:Int!$filter:ContactFilter)"
        "{contacts(companyId:$companyId first:$first filter:$filter){nodes{name}}}"
    ),
    "Journal": "query Journal($companyId:ID!){journalEntries(companyId:$companyId){nodes{number text}}}",
    "Add": "mutation Add($input:CreateContactInput!){createContact(input:$input){contact{id}refusals{code}}}",
    "Prefer": "mutation Prefer($input:PreferencesInput!){setPreferences(input:$input){saved}}",
    "Post": (
        "mutation Post($ids:[ID!]!$key:String!)"
        "{postEntries(ids:$ids requestKey:$key){results{id entry{number}refusals{code}}}}"
    ),
    "Branding": "query Branding($slug:String!){publisherBranding(slug:$slug){name logoUrl}}",
    "Two": "query First{viewer{id}}query Second{viewer{name}}",
    "Schema": "query Schema{__schema{queryType{name}}}",
}
